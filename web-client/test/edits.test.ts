import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { Draft } from '../src/lib/draft.svelte';
import { Edits, type Edit, type Tagged } from '../src/lib/edits.svelte';
import { Problem } from '../src/lib/problem';

interface Thing {
  readonly title: string;
  readonly note: string;
}

/** A server that keeps one thing under a version, as ours does. */
function server(first: Thing) {
  let version = 1;
  let kept = first;
  const etag = () => `"b${version}"`;
  const put = (change: Partial<Thing>) => {
    kept = { ...kept, ...change };
    version++;
  };
  const send = async (ifMatch: string, change: Partial<Thing>): Promise<Tagged<Thing>> => {
    await Promise.resolve();
    if (ifMatch !== etag())
      throw new Problem({ type: '/problems/stale', title: 'Cũ', status: 412, current: kept }, etag());
    if (change.title === '') throw new Problem({ type: '/problems/invalid', title: 'Sai', status: 422 });
    put(change);
    return { body: kept, etag: etag() };
  };
  return { put, send, now: () => ({ body: kept, etag: etag() }) };
}

function desk(from: ReturnType<typeof server>) {
  const edits = new Edits();
  let seen = from.now();
  const edit = (field: keyof Thing, mine: string, base: string): Edit<Thing> => ({
    field,
    label: field,
    mine,
    theirs: (body) => body[field],
    collides: (body) => body[field] !== base && body[field] !== mine,
    now: () => seen,
    take: (now) => (seen = now),
    send: (etag) => from.send(etag, { [field]: mine }),
  });
  return {
    edits,
    seen: () => seen.body,
    save: (field: keyof Thing, mine: string, base: string) => edits.edit(edit(field, mine, base)),
  };
}

describe('saving field by field', () => {
  it('takes over what others did to other fields, without a word', async () => {
    const there = server({ title: 'A', note: '' });
    const mine = desk(there);
    there.put({ note: 'ghi chú của người khác' });
    expect(await mine.save('title', 'B', 'A')).toBe(true);
    expect(mine.seen()).toEqual({ title: 'B', note: 'ghi chú của người khác' });
    expect(mine.edits.collision).toBeUndefined();
  });

  it('asks where two wrote in the same field, and keeps what was chosen', async () => {
    for (const keep of ['mine', 'theirs'] as const) {
      const there = server({ title: 'A', note: '' });
      const mine = desk(there);
      there.put({ title: 'của họ' });
      const saved = mine.save('title', 'của tôi', 'A');
      await expect.poll(() => mine.edits.collision?.theirs).toBe('của họ');
      mine.edits.collision?.answer(keep);
      expect(await saved).toBe(true);
      expect(there.now().body.title).toBe(keep === 'mine' ? 'của tôi' : 'của họ');
    }
  });

  it('never collides with itself, however fast somebody writes', async () => {
    const there = server({ title: 'A', note: '' });
    const mine = desk(there);
    const all = await Promise.all([
      mine.save('title', 'B', 'A'),
      mine.save('note', 'x', ''),
      mine.save('title', 'C', 'A'),
      mine.save('title', 'D', 'A'),
    ]);
    expect(all).toEqual([true, true, true, true]);
    expect(there.now().body).toEqual({ title: 'D', note: 'x' });
  });

  it('tells what was refused until something is saved', async () => {
    const mine = desk(server({ title: 'A', note: '' }));
    expect(await mine.save('title', '', 'A')).toBe(false);
    expect(mine.edits.problem?.status).toBe(422);
    expect(await mine.save('note', 'x', '')).toBe(true);
    expect(mine.edits.problem).toBeUndefined();
  });
});

describe('a field that saves itself', () => {
  it('shows what is typed until it is saved, and saves once though leaving tells twice', async () => {
    let kept = 'A';
    const sent: [string, string][] = [];
    const draft = new Draft(
      () => kept,
      async (mine, base) => {
        sent.push([mine, base]);
        await Promise.resolve();
        kept = mine;
        return true;
      },
    );
    draft.value = 'B';
    kept = 'somebody else';
    flushSync();
    expect(draft.value).toBe('B');
    await Promise.all([draft.commit(), draft.commit()]);
    expect(sent).toEqual([['B', 'A']]);
    expect([draft.value, draft.dirty]).toEqual(['B', false]);
  });

  it('keeps what was refused, to be corrected, and forgets what was typed back', async () => {
    const draft = new Draft(
      () => 'A',
      () => Promise.resolve(false),
    );
    draft.value = 'wrong';
    await draft.commit();
    expect([draft.value, draft.dirty]).toEqual(['wrong', true]);
    draft.value = 'A';
    await draft.commit();
    expect(draft.dirty).toBe(false);
  });

  it('goes on from what is saved when somebody types on meanwhile', async () => {
    let kept = 'A';
    const bases: string[] = [];
    const draft = new Draft(
      () => kept,
      async (mine, base) => {
        bases.push(base);
        await Promise.resolve();
        kept = mine;
        return true;
      },
    );
    draft.value = 'B';
    const first = draft.commit();
    draft.value = 'BC';
    await first;
    expect(draft.value).toBe('BC');
    await draft.commit();
    expect(bases).toEqual(['A', 'B']);
    expect(kept).toBe('BC');
  });
});
