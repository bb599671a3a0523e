import { beforeEach, describe, expect, test } from 'vitest';
import * as bookings from '../../../functions/bookings/handler.ts';
import * as people from '../../../functions/people/handler.ts';
import * as sessions from '../../../functions/sessions/handler.ts';
import { center, session } from '../../support/builders.ts';
import { type Answer, cityOf, setClock, wait } from '../../support/invoke.ts';
import { takeMessages } from '../../support/messages.ts';
import { bureauPost, newPhone, type Resident, resident, signedInAgain } from '../../support/residents.ts';

const city = cityOf(people, sessions, bookings);
beforeEach(async () => {
  setClock('2026-03-02T01:00:00Z');
  await takeMessages();
});

const DAY = 86_400;

type Home = { householdId: string; childId: string };
async function homeOf(founder: Resident, name: string, child: string): Promise<Home> {
  const { householdId } = (await city.post('/v1/households', { as: founder, body: { name } })).body;
  return { householdId, childId: await addChild(founder, householdId, child) };
}
async function addChild(as: Resident, householdId: string, name: string): Promise<string> {
  const body = { name, birthDate: '2017-03-01', role: 'child' };
  const added = await city.post(`/v1/households/${householdId}/members`, { as, body });
  expect(added.status, added.text).toBe(201);
  return added.body.person.personId;
}
const ask = (as: Resident, householdId: string, phone: string, kind = 'merge') =>
  city.post(`/v1/households/${householdId}/invitations`, { as, body: { phone, kind } });
const received = async (as: Resident) => (await city.get('/v1/invitations', { as })).body.received;
const accept = async (as: Resident, invitationId?: string) =>
  city.post(`/v1/invitations/${invitationId ?? (await received(as))[0]?.invitationId}/accept`, { as });
const household = async (as: Resident, householdId: string) =>
  (await city.get(`/v1/households/${householdId}`, { as })).body;
const namesIn = async (as: Resident, householdId: string): Promise<string[]> =>
  (await household(as, householdId)).members.map(({ name }: { name: string }) => name).sort();
const homeIdOf = async (as: Resident) => (await city.get('/v1/me', { as })).body.person.householdId;
const historyOf = async (as: Resident): Promise<string[]> =>
  (await city.get('/v1/bookings', { as })).body.bookings
    .map((it: { beneficiaryId: string }) => it.beneficiaryId)
    .sort();
const undo = (as: Resident, householdId: string, mergeId: string) =>
  city.post(`/v1/households/${householdId}/merges/${mergeId}/undo`, { as });
const outcome = ({ status, body }: Answer) => body?.code ?? status;

async function bookFor(as: Resident, childId: string): Promise<void> {
  const sessionId = await session('yuhu', '2026-03-04', { slug: `class-${childId.slice(1, 9)}` });
  const answer = await city.post('/v1/session-bookings', {
    as,
    body: { sessionIds: [sessionId], beneficiaryIds: [childId] },
  });
  expect(answer.status, answer.text).toBe(201);
}

/** Mrs. Chen and Mr. Lin have a household and a child each; each child has a booking. */
async function twoHomes() {
  await center('yuhu');
  const [chen, lin] = await Promise.all([resident('陈女士'), resident('林先生')]);
  const hers = await homeOf(chen, '陈家', '陈小荔');
  const his = await homeOf(lin, '林家', '林小龙');
  await bookFor(chen, hers.childId);
  await bookFor(lin, his.childId);
  return { chen, lin, hers, his };
}
/** Mrs. Chen has asked, Mr. Lin has accepted. */
async function merged() {
  const homes = await twoHomes();
  const { chen, lin, hers } = homes;
  expect((await ask(chen, hers.householdId, lin.phone)).status).toBe(202);
  const accepted = await accept(lin);
  expect(accepted.status, accepted.text).toBe(200);
  return { ...homes, mergeId: String(accepted.body.household.merge.mergeId), accepted };
}

describe('two households', () => {
  test('B02: become one by consent of an adult of each, who is shown all that accepting gives', async () => {
    const { chen, lin, hers, his } = await twoHomes();
    const asked = await ask(chen, hers.householdId, lin.phone);
    expect([asked.status, asked.body]).toEqual([202, { accepted: true }]);
    expect(await takeMessages()).toEqual([
      expect.objectContaining({ kind: 'invitation-received', personId: lin.personId, inviterName: '陈*士' }),
    ]);
    const [invitation] = await received(lin);
    expect(invitation).toEqual({
      invitationId: expect.any(String),
      kind: 'merge',
      inviterName: '陈女士',
      householdName: '陈家',
      gives: {
        members: expect.arrayContaining([
          { personId: lin.personId, name: '林先生' },
          { personId: his.childId, name: '林小龙' },
        ]),
        // The number may be a wrong one: the child's name is masked until then.
        grants: [{ name: '陈*荔', rights: ['book'] }],
      },
      since: expect.any(String),
      until: expect.any(String),
    });
    // Nothing has happened yet.
    expect(await historyOf(lin)).toEqual([his.childId]);
    const { body } = await accept(lin);
    expect(body.household).toMatchObject({ householdId: hers.householdId, name: '陈家', headId: lin.personId });
    expect(await namesIn(chen, hers.householdId)).toEqual(['林先生', '林小龙', '陈女士', '陈小荔'].sort());
    expect(await namesIn(lin, hers.householdId)).toHaveLength(4);
    expect([await homeIdOf(chen), await homeIdOf(lin)]).toEqual(Array(2).fill(hers.householdId));
    expect((await city.get(`/v1/households/${his.householdId}`, { as: lin })).body.code).toBe('no-authority');
  });

  test('B02: the head sees the history of the children of both, and the other side gains nothing', async () => {
    const { chen, lin, hers, his } = await merged();
    expect(await historyOf(lin)).toEqual([hers.childId, his.childId].sort());
    expect(await historyOf(chen)).toEqual([hers.childId]);
    const forHead = (await city.get('/v1/me', { as: lin })).body.actsFor;
    expect(forHead.find((it: { personId: string }) => it.personId === hers.childId)).toMatchObject({
      as: 'proxy',
      rights: ['book'],
    });
    // Her mother sees the grant and can take it back, as any other.
    const { given } = (await city.get(`/v1/people/${hers.childId}/grants`, { as: chen })).body;
    expect(given.map(({ holder }: { holder: { name: string } }) => holder.name).sort()).toEqual(['林先生', '陈女士']);
  });

  test('B02: accepting twice is accepting once', async () => {
    const { chen, lin, hers } = await twoHomes();
    await ask(chen, hers.householdId, lin.phone);
    const [{ invitationId }] = await received(lin);
    const answers = await Promise.all(Array.from({ length: 6 }, () => accept(lin, invitationId)));
    expect(answers.map(outcome)).toEqual(Array(6).fill(200));
    expect((await accept(lin, invitationId)).status).toBe(200);
    expect(await namesIn(chen, hers.householdId)).toHaveLength(4);
  });

  test('B02: are parted again within thirty days, and everything the merge gave is taken back', async () => {
    const { chen, lin, hers, his, mergeId } = await merged();
    const aunt = await resident('姑姑');
    await ask(lin, hers.householdId, aunt.phone, 'household');
    expect((await accept(aunt)).status).toBe(200);
    await addChild(aunt, hers.householdId, '表妹');
    await addChild(chen, hers.householdId, '陈小二');
    wait(30 * DAY - 60);
    const [chenLater, linLater] = await Promise.all([signedInAgain(chen), signedInAgain(lin)]);
    const shown = (await household(linLater, hers.householdId)).merge;
    expect(shown).toMatchObject({ mergeId, fromName: '林家', grants: [{ personId: hers.childId, name: '陈小荔' }] });
    expect(shown.members.map(({ name }: { name: string }) => name).sort()).toEqual(
      ['林先生', '林小龙', '姑姑', '表妹'].sort(),
    );
    const undone = await Promise.all([chenLater, linLater].map((who) => undo(who, hers.householdId, mergeId)));
    expect(undone.map(outcome)).toEqual([204, 204]);
    // Once is enough: again, by either side, is done.
    for (const who of [chenLater, linLater]) expect((await undo(who, hers.householdId, mergeId)).status).toBe(204);
    // Whom he brought along since goes with him, and whom she brought; what Mrs. Chen added stays with her.
    expect(await namesIn(linLater, his.householdId)).toEqual(['林先生', '林小龙', '姑姑', '表妹'].sort());
    expect(await namesIn(chenLater, hers.householdId)).toEqual(['陈女士', '陈小荔', '陈小二'].sort());
    expect(await household(linLater, his.householdId)).toMatchObject({ name: '林家' });
    expect((await household(chenLater, hers.householdId)).headId).toBeUndefined();
    expect(await historyOf(linLater)).toEqual([]);
    const actsFor = (await city.get('/v1/me', { as: linLater })).body.actsFor;
    expect(actsFor.map(({ personId }: { personId: string }) => personId)).toEqual([lin.personId, his.childId]);
    expect(await homeIdOf(await signedInAgain(aunt))).toBe(his.householdId);
    const { given } = (await city.get(`/v1/people/${hers.childId}/grants`, { as: chenLater })).body;
    const ended = given.find((it: { holder: { personId: string } }) => it.holder.personId === lin.personId);
    expect([chen.personId, lin.personId]).toContain(ended.endedBy);
  });

  test('B02: grants made otherwise stay when a merge is undone', async () => {
    const { chen, lin, hers, his, mergeId } = await merged();
    const [grant] = (await city.get(`/v1/people/${hers.childId}/grants`, { as: chen })).body.given.filter(
      (it: { holder: { personId: string } }) => it.holder.personId === lin.personId,
    );
    // The grant of the merge ends, and she gives him one herself; he gives her one too.
    await city.post(`/v1/people/${hers.childId}/grants/${grant.grantId}/end`, { as: chen });
    const give = async (from: Resident, subjectId: string, to: Resident) => {
      await city.post('/v1/grants', { as: from, body: { kind: 'guardian', subjectId, holderPhone: to.phone } });
      expect((await accept(to)).status).toBe(200);
    };
    await give(chen, hers.childId, lin);
    await give(lin, his.childId, chen);
    expect((await undo(lin, hers.householdId, mergeId)).status).toBe(204);
    for (const who of [chen, lin]) expect(await historyOf(who)).toEqual([hers.childId, his.childId].sort());
  });

  test('B02: stay one after thirty days: undoing is refused on day 31', async () => {
    const { chen, lin, hers, mergeId } = await merged();
    wait(30 * DAY + 60);
    for (const who of await Promise.all([signedInAgain(chen), signedInAgain(lin)])) {
      const late = await undo(who, hers.householdId, mergeId);
      expect([late.status, late.body.code]).toEqual([409, 'merge-final']);
      expect((await household(who, hers.householdId)).merge).toBeUndefined();
    }
    expect(await namesIn(await signedInAgain(chen), hers.householdId)).toHaveLength(4);
  });

  test('B02: elders decide for themselves: a merge opens nothing of theirs', async () => {
    const { chen, lin, hers } = await twoHomes();
    const body = { name: '陈奶奶', birthDate: '1945-01-01', role: 'elder' };
    const elder = await city.post(`/v1/households/${hers.householdId}/members`, { as: chen, body });
    await ask(chen, hers.householdId, lin.phone);
    expect((await received(lin))[0].gives.grants).toHaveLength(1);
    await accept(lin);
    const path = `/v1/people/${elder.body.person.personId}`;
    expect((await city.get(path, { as: lin })).body.code).toBe('no-authority');
    expect((await city.get(path, { as: chen })).status).toBe(200);
  });

  test('B02: nothing is given for a child whom a court has closed to the head', async () => {
    const { chen, lin, hers, his } = await twoHomes();
    const officer = await resident('民政科', { posts: [bureauPost()] });
    const limit = { adultId: lin.personId, reason: '判决', documentNumber: '12' };
    await city.post(`/v1/people/${hers.childId}/limits`, { as: officer, body: limit });
    await ask(chen, hers.householdId, lin.phone);
    expect((await received(lin))[0].gives.grants).toEqual([]);
    expect((await accept(lin)).status).toBe(200);
    expect(await historyOf(lin)).toEqual([his.childId]);
    expect(await namesIn(lin, hers.householdId)).not.toContain('陈小荔');
  });
});

describe('a merge is refused', () => {
  test('B02: to who has no household, and to who has left theirs; nobody asks in the name of another household', async () => {
    const { chen, lin, hers, his } = await twoHomes();
    const single = await resident('单身');
    await ask(chen, hers.householdId, single.phone);
    expect((await accept(single)).body.code).toBe('no-household');
    for (const who of [lin, single]) {
      expect((await ask(who, hers.householdId, newPhone())).body.code).toBe('no-authority');
    }
    await ask(chen, hers.householdId, lin.phone);
    const [{ invitationId }] = await received(lin);
    const wife = await resident('林太太');
    await ask(lin, his.householdId, wife.phone, 'household');
    await accept(wife);
    await city.post(`/v1/households/${his.householdId}/leave`, { as: lin });
    expect((await accept(lin, invitationId)).body.code).toBe('no-household');
  });

  test('B02: while another merge of either can still be undone', async () => {
    const { chen, lin, hers } = await merged();
    const wang = await resident('王五');
    const theirs = await homeOf(wang, '王家', '王小小');
    expect((await ask(lin, hers.householdId, wang.phone)).body.code).toBe('merge-standing');
    await ask(wang, theirs.householdId, chen.phone);
    expect((await accept(chen)).body.code).toBe('merge-standing');
    wait(30 * DAY + 60);
    const [later, chenLater] = await Promise.all([signedInAgain(wang), signedInAgain(chen)]);
    await ask(chenLater, hers.householdId, wang.phone);
    expect((await accept(later)).body.household.members).toHaveLength(6);
  });

  test('B02: beyond twelve members', async () => {
    const { chen, lin, hers, his } = await twoHomes();
    for (let index = 0; index < 9; index += 1) await addChild(lin, his.householdId, `孩子${index}`);
    await ask(chen, hers.householdId, lin.phone);
    expect((await accept(lin)).body.code).toBe('too-many-members');
    expect(await namesIn(chen, hers.householdId)).toHaveLength(2);
  });

  test('B02: when somebody has joined in the same moment, all of it or nothing', async () => {
    const { chen, lin, hers, his } = await twoHomes();
    await ask(chen, hers.householdId, lin.phone);
    const [{ invitationId }] = await received(lin);
    const [accepted] = await Promise.all([
      accept(lin, invitationId),
      city.post(`/v1/households/${his.householdId}/members`, {
        as: lin,
        body: { name: '弟弟', birthDate: '2020-01-01', role: 'child' },
      }),
    ]);
    if (accepted.status !== 200) expect(outcome(accepted)).toBe('changed-meanwhile');
    const home = await homeIdOf(lin);
    expect(await namesIn(lin, home)).toContain('林小龙');
    expect([his.householdId, hers.householdId]).toContain(home);
  });
});

describe('undoing a merge', () => {
  test('B02: is for the adults of both sides at that time', async () => {
    const { chen, lin, hers, mergeId } = await merged();
    const [aunt, stranger] = await Promise.all([resident('姑姑'), resident('路人')]);
    await ask(lin, hers.householdId, aunt.phone, 'household');
    await accept(aunt);
    for (const who of [aunt, stranger]) {
      expect((await undo(who, hers.householdId, mergeId)).body.code).toBe('no-authority');
    }
    expect((await household(aunt, hers.householdId)).merge).toBeUndefined();
    expect((await undo(chen, hers.householdId, mergeId)).status).toBe(204);
  });

  test('B02: leaves no child without an adult', async () => {
    const { chen, lin, hers, mergeId } = await merged();
    expect((await city.post(`/v1/households/${hers.householdId}/leave`, { as: lin })).status).toBe(204);
    expect((await undo(chen, hers.householdId, mergeId)).body.code).toBe('last-adult');
    expect((await undo(lin, hers.householdId, mergeId)).body.code).toBe('no-authority');
  });
});
