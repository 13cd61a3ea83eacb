package dev.settle.sample.accounts;

import dev.settle.sample.Intake;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Shows the accounts, and moves money between them. */
@RestController
final class AccountController {

    private static final int DECIMALS = 2;

    private final Intake intake;
    private final Accounts accounts;

    AccountController(Intake intake, Accounts accounts) {
        this.intake = intake;
        this.accounts = accounts;
    }

    @GetMapping("/accounts")
    List<Account> all() {
        return this.accounts.all();
    }

    @PostMapping("/transfers")
    @ResponseStatus(HttpStatus.CREATED)
    List<Account> transfer(@RequestBody Transfer transfer) {
        Account from = account("from", transfer.from());
        Account to = account("to", transfer.to());
        if (from.id().equals(to.id()) || !from.currency().equals(to.currency())) {
            throw bad("'from' and 'to' must be two accounts in the same currency");
        }
        BigDecimal amount = transfer.amount();
        if (amount == null
                || amount.signum() <= 0
                || amount.stripTrailingZeros().scale() > DECIMALS) {
            throw bad("'amount' must be more than 0, with at most " + DECIMALS + " decimals, not " + amount);
        }
        this.intake.enter();
        if (!this.accounts.move(from.id(), to.id(), amount)) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, "There is not enough money in " + from.id());
        }
        return List.of(account("from", from.id()), account("to", to.id()));
    }

    private Account account(String field, @Nullable String id) {
        return this.accounts.find(id).orElseThrow(() -> bad("'" + field + "' must be one of GET /accounts, not " + id));
    }

    private static ResponseStatusException bad(String message) {
        return new ResponseStatusException(HttpStatus.BAD_REQUEST, message);
    }
}
