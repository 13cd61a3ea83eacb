create table if not exists account (
    id varchar(20) primary key,
    currency char(3) not null,
    balance numeric(20, 2) not null check (balance >= 0)
);

create table if not exists quote (
    id char(36) primary key,
    source char(3) not null,
    target char(3) not null,
    amount numeric(20, 4) not null,
    rate numeric(30, 15) not null,
    result numeric(30, 4) not null,
    at timestamp(3) with time zone not null,
    providers varchar(2000) not null
);

-- Only once: what was transferred yesterday stays transferred.
insert into account
select * from (values
    ('alice', 'EUR', 1000), ('bob', 'EUR', 500), ('carol', 'USD', 800), ('dave', 'USD', 200))
where not exists (select 1 from account);
