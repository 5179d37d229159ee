/** A question that has to be answered before something happens that cannot be taken back. */
export interface Question {
  readonly title: string;
  readonly body?: string;
  /** The words of the button that goes ahead: the verb itself, not "OK". */
  readonly yes: string;
  readonly danger?: boolean;
}

class Asking {
  question = $state.raw<Question>();
  #answer: (yes: boolean) => void = () => {};

  ask(question: Question): Promise<boolean> {
    this.#answer(false);
    this.question = question;
    return new Promise((resolve) => (this.#answer = resolve));
  }

  answer(yes: boolean): void {
    this.question = undefined;
    this.#answer(yes);
    this.#answer = () => {};
  }
}

export const asking = new Asking();

/** `if (await confirm({ title, yes: t().action.remove, danger: true })) …` */
export const confirm = (question: Question): Promise<boolean> => asking.ask(question);
