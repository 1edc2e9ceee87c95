/**
 * Messages leave one at a time, in the order in which they were written, until each has its reply.
 *
 * A message keeps its id however often it is sent, and the server answers an id once: so whatever is
 * cut, the way there or the way back, nothing is lost and nothing doubled.
 */

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30000;

export class Outbox {
  /** `changed()` after each change of state, `answered(message, replies)` for each reply. */
  constructor(store, api, { changed, answered }) {
    Object.assign(this, { store, api, changed, answered });
    this.turn = null; // what stops the exchange under way
    this.trouble = ''; // why messages wait
    this.tries = 0;
    this.timer = 0;
  }

  /** Sends what is to be sent now, whatever the wait. */
  hurry() {
    clearTimeout(this.timer);
    this.forget();
    return this.run();
  }

  async run() {
    while (!this.turn && this.store.pending.length) {
      const [message] = this.store.pending;
      const turn = new AbortController();
      this.turn = turn;
      this.changed();
      const outcome = await this.api.say(this.store.sender, message, turn).then(
        (replies) => ({ replies }),
        (failure) => ({ failure }),
      );
      if (this.turn !== turn) return; // erased meanwhile
      this.turn = null;
      if (outcome.failure?.again) {
        this.wait(outcome.failure.message);
        return;
      }
      this.trouble = '';
      this.tries = 0;
      if (outcome.failure) this.store.refuse(message, outcome.failure.message);
      else this.answered(message, this.store.answer(message, outcome.replies));
    }
    this.changed();
  }

  wait(trouble) {
    const delay = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.tries);
    this.tries += 1;
    this.trouble = trouble;
    clearTimeout(this.timer);
    // Not all at the same moment when a server comes back.
    this.timer = setTimeout(() => this.run(), delay * (0.75 + Math.random() / 2));
    this.changed();
  }

  /** Tells the server which conversations are to be erased; those that it did not hear of stay for later. */
  async forget() {
    for (const sender of [...this.store.erasing]) {
      try {
        await this.api.erase(sender);
      } catch (failure) {
        if (failure.again) return false;
      }
      this.store.erasing = this.store.erasing.filter((other) => other !== sender);
      this.store.save();
    }
    return true;
  }

  stop() {
    clearTimeout(this.timer);
    this.turn?.abort();
    this.turn = null;
    this.trouble = '';
    this.tries = 0;
  }
}
