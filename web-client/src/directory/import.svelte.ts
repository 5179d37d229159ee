import { api, ask, patiently, type Schema } from '../lib/api';
import { Problem } from '../lib/problem';

export type Preview = Schema<'ImportPreview'>;
export type Outcome = Preview['lines'][number]['outcome'];

const asTable = {
  ...patiently,
  bodySerializer: (body: string) => body,
  headers: { 'Content-Type': 'text/csv; charset=utf-8' },
};

/** How many lines of a table have something in them, the headings not counted; a line break inside quotes is none. */
export function countLines(table: string): number {
  const lines = table.replace(/"[^"]*"/g, 'x').split(/\r\n?|\n/);
  return Math.max(0, lines.filter((line) => line.trim() !== '').length - 1);
}

/** A file on its way into the registry: first seen line by line, then done exactly so, or not at all. */
export class Importing {
  preview = $state.raw<Preview>();
  problem = $state.raw<Problem>();
  done = $state.raw<{ new: number; changed: number }>();
  /** What is being done at this moment, if anything is. */
  doing = $state<'preview' | 'apply'>();
  lines = $state(0);
  name = $state('');
  #table = '';
  #cancel = new AbortController();

  async choose(file: File): Promise<void> {
    this.forget();
    this.name = file.name;
    this.#cancel = new AbortController();
    const { signal } = this.#cancel;
    await this.#asking('preview', signal, async () => {
      this.#table = new TextDecoder('utf-8', { fatal: false }).decode(await file.arrayBuffer());
      this.lines = countLines(this.#table);
      const preview = await ask(
        api.POST('/api/endpoints/import/preview', { ...asTable, signal, body: this.#table }),
      );
      if (!signal.aborted) this.preview = preview;
    });
  }

  /** Nothing has been written: the file is laid aside. */
  forget(): void {
    this.#cancel.abort();
    [this.preview, this.done, this.problem, this.doing] = [undefined, undefined, undefined, undefined];
    [this.name, this.lines, this.#table] = ['', 0, ''];
  }

  async apply(): Promise<void> {
    const token = this.preview?.token;
    if (token === undefined) return;
    await this.#asking('apply', undefined, async () => {
      const params = { query: { token } };
      this.done = await ask(api.POST('/api/endpoints/import', { ...asTable, params, body: this.#table }));
      this.preview = undefined;
    });
  }

  async #asking(what: 'preview' | 'apply', signal: AbortSignal | undefined, act: () => Promise<void>) {
    this.doing = what;
    this.problem = undefined;
    try {
      await act();
    } catch (cause) {
      if (!signal?.aborted) this.problem = Problem.of(cause);
    } finally {
      if (!signal?.aborted) this.doing = undefined;
    }
  }
}
