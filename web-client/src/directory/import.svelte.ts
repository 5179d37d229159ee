import { api, ask, type Schema } from '../lib/api';
import { Problem } from '../lib/problem';

export type Preview = Schema<'ImportPreview'>;
export type Outcome = Preview['lines'][number]['outcome'];

const asTable = {
  bodySerializer: (body: string) => body,
  headers: { 'Content-Type': 'text/csv; charset=utf-8' },
};

/** A file on its way into the registry: first seen line by line, then done exactly so, or not at all. */
export class Importing {
  preview = $state.raw<Preview>();
  problem = $state.raw<Problem>();
  done = $state.raw<{ new: number; changed: number }>();
  busy = $state(false);
  name = $state('');
  #table = '';

  async choose(file: File): Promise<void> {
    this.name = file.name;
    this.preview = undefined;
    this.done = undefined;
    await this.#asking(async () => {
      this.#table = new TextDecoder('utf-8', { fatal: false }).decode(await file.arrayBuffer());
      this.preview = await ask(api.POST('/api/endpoints/import/preview', { ...asTable, body: this.#table }));
    });
  }

  async apply(): Promise<void> {
    const token = this.preview?.token;
    if (token === undefined) return;
    await this.#asking(async () => {
      const params = { query: { token } };
      this.done = await ask(api.POST('/api/endpoints/import', { ...asTable, params, body: this.#table }));
      this.preview = undefined;
    });
  }

  async #asking(act: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.problem = undefined;
    try {
      await act();
    } catch (cause) {
      this.problem = Problem.of(cause);
    } finally {
      this.busy = false;
    }
  }
}
