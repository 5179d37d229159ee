import type { Page } from '@playwright/test';

/** Everything that the server sends to a page: frames of its sockets and answers to its requests. */
export class Received {
  readonly frames: string[] = [];
  readonly answers: string[] = [];
  readonly #reading: Promise<unknown>[] = [];

  constructor(page: Page) {
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => this.frames.push(payload.toString())),
    );
    page.on('response', (answer) => {
      if (!/\/(api|live)\//.test(answer.url())) return;
      this.#reading.push(
        answer.text().then(
          (text) => this.answers.push(text),
          () => undefined, // an answer without a body, or of a page that is gone
        ),
      );
    });
  }

  /** All the bytes there were so far, as text. */
  async all(): Promise<string> {
    await Promise.all(this.#reading);
    return [...this.frames, ...this.answers].join('\n');
  }
}
