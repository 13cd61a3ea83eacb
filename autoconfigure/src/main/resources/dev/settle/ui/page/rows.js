/** Puts the calls of a lane into rows, so that no two that lie in one row overlap; a call keeps its row while it can. */
export class Rows {
  /** @param pad how long after its end a call still takes room, for the shape at its end */
  constructor(pad) {
    this.pad = pad;
    this.rows = [];
    this.rowOf = new Map();
  }

  place(call) {
    const row = this.rowOf.get(call);
    if (row !== undefined) {
      if (this.#fits(call, row)) return row;
      this.remove(call);
    }
    let free = 0;
    while (!this.#fits(call, free)) free++;
    (this.rows[free] ??= new Set()).add(call);
    this.rowOf.set(call, free);
    return free;
  }

  remove(call) {
    const row = this.rowOf.get(call);
    if (row === undefined) return;
    this.rows[row].delete(call);
    this.rowOf.delete(call);
    while (this.rows.length && !this.rows.at(-1).size) this.rows.pop();
  }

  get used() {
    return this.rows.length;
  }

  #fits(call, row) {
    const until = call.until + this.pad;
    for (const other of this.rows[row] ?? []) {
      if (other !== call && other.begin < until && call.begin < other.until + this.pad) return false;
    }
    return true;
  }
}
