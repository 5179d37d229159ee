/** Which endpoint is looked at: it stands in the address, so that it can be sent to somebody and the back button works. */
export class Chosen {
  id = $state<string>();

  constructor() {
    this.#read();
  }

  /** Follows the address; returns the way to stop. */
  follow(): () => void {
    const read = () => this.#read();
    addEventListener('popstate', read);
    return () => removeEventListener('popstate', read);
  }

  /** Where an endpoint is: a plain link, which the page also follows by itself. */
  readonly way = (id: string): string => `${location.pathname}?site=${id}`;

  pick(id: string | undefined): void {
    if (id === this.id) return;
    this.id = id;
    history.pushState(null, '', id === undefined ? location.pathname : this.way(id));
  }

  #read(): void {
    this.id = /[?&]site=([^&]+)/.exec(location.search)?.[1];
  }
}
