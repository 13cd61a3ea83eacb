/** What time it is for the application, told by the frames. What is slow on its way makes it late: the earliest count. */
export class Clock {
  constructor() {
    this.reset();
  }

  reset() {
    this.heard = [];
    this.last = 0;
    this.offset = undefined;
    this.moved = 0;
  }

  hear(at, local) {
    this.last = Math.max(this.last, at);
    this.heard.push(at - local);
    if (this.heard.length > 20) this.heard.shift();
  }

  /**
   * The time to be drawn: some way back, so that what is drawn is known, and never beyond what is known. Corrections are
   * spread, so that nothing jumps.
   */
  now(local, delay) {
    if (!this.heard.length) return 0;
    const aim = Math.max(...this.heard);
    const step = Math.max(0, local - this.moved) * 0.05;
    this.moved = local;
    if (this.offset === undefined || Math.abs(aim - this.offset) > 1000) this.offset = aim;
    else this.offset += Math.max(-step, Math.min(step, aim - this.offset));
    return Math.min(local + this.offset - delay, this.last);
  }
}
