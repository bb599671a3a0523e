import { listed, reason, type Story } from './story.ts';

/** Records, households, who acts for whom, courts, posts. */
export async function families({ hands, scene }: Story): Promise<void> {
  const of = (code: string) => `/v1/people/${hands.id(code)}`;
  const phoneOf = Object.fromEntries((await listed()).map(({ code, phone }) => [code, phone]));
  const received = async (who: string) => (await hands.get(who, '/v1/invitations')).received[0].invitationId;
  const sent = async (who: string) => (await hands.get(who, '/v1/invitations')).sent[0].invitationId;
  const answer = async (who: string, word: 'accept' | 'decline') =>
    hands.post(who, `/v1/invitations/${await received(who)}/${word}`);

  await hands.change('lin', 'PATCH', of('lin-jie'), { school: '示例小学' });
  await hands.post('staff', `${of('lin-jie')}/confirmed`, { school: '示例小学', reason });
  await hands.post('staff', `${of('chen-er')}/confirmed`, { groupId: 'low-income', member: true, reason });
  const aunt = await hands.post('staff', '/v1/people', { name: '郑阿公', cardNumber: '350302194805060017', reason });
  hands.meet('card-only', aunt.person.personId);
  await hands.post('staff', '/v1/people/search', { phone: phoneOf['lin'], reason });

  scene['household'] = (await hands.post('zhou', '/v1/households', { name: '周家' })).householdId;
  const household = `/v1/households/${scene['household']}`;
  const baby = { name: '周小星', birthDate: '2019-12-12', role: 'child', school: '示例小学' };
  hands.meet('baby', (await hands.post('zhou', `${household}/members`, baby)).person.personId);
  const granny = { name: '周阿婆', birthDate: '1950-05-05', role: 'elder', cardNumber: '350302195005050018' };
  hands.meet('granny', (await hands.post('zhou', `${household}/members`, granny)).person.personId);
  const invite = (phone: string, kind = 'household') => hands.post('zhou', `${household}/invitations`, { phone, kind });
  await invite(phoneOf['elder'] ?? '');
  await answer('elder', 'accept');
  await hands.post('elder', `${household}/leave`);
  await invite(phoneOf['officer'] ?? '');
  await answer('officer', 'decline');
  await invite('19900000077');
  await hands.post('zhou', `/v1/invitations/${await sent('zhou')}/withdraw`);
  await invite('19900000088');

  const grant = async (who: string, subject: string, kind: string, holder: string) => {
    await hands.post(who, '/v1/grants', { kind, subjectId: hands.id(subject), holderPhone: phoneOf[holder] });
    return (await answer(holder, 'accept')).grant.grantId;
  };
  scene['grant'] = await grant('elder', 'elder', 'proxy', 'zhou');
  await hands.do('elder', 'PATCH', `${of('elder')}/grants/${scene['grant']}`, { rights: ['book'] });
  const ended = await grant('lin', 'lin-di', 'proxy', 'officer');
  await hands.post('lin', `${of('lin-di')}/grants/${ended}/end`);
  await hands.post('lin', '/v1/grants', {
    kind: 'proxy',
    subjectId: hands.id('lin-jie'),
    holderPhone: phoneOf['zhou'],
  });

  const joined = await hands.get('lin', '/v1/me');
  scene['linHousehold'] = joined.person.householdId;
  const merge = async (who: string, into: string, other: string) => {
    const body = { phone: phoneOf[other], kind: 'merge' };
    await hands.post(who, `/v1/households/${into}/invitations`, body);
    return (await answer(other, 'accept')).household.merge.mergeId;
  };
  const undone = await merge('zhou', scene['household'] ?? '', 'wang');
  await hands.post('zhou', `${household}/merges/${undone}/undo`);
  scene['merge'] = await merge('lin', scene['linHousehold'] ?? '', 'chen');

  const limit = { reason: '判决', documentNumber: '（2026）示例 12 号' };
  const set = async (child: string, adult: string) =>
    (await hands.post('admin', `${of(child)}/limits`, { adultId: hands.id(adult), ...limit })).limit.limitId;
  scene['limit'] = await set('lin-di', 'wang');
  await hands.post('admin', `${of('chen-er')}/limits/${await set('chen-er', 'zhou')}/lift`, limit);

  const appointed = await hands.post('admin', '/v1/posts', {
    kind: 'operator-staff',
    personId: hands.id('wang'),
    operatorId: 'shiguang',
  });
  scene['post'] = appointed.post.postId;
  const over = { kind: 'center-staff', personId: hands.id('zhou'), centerId: 'xiuyu' };
  const { post } = await hands.post('admin', '/v1/posts', over);
  await hands.post('admin', `${of('zhou')}/posts/${post.postId}/end`);
}

/** Programs with accounts of their own: one at work under its second key, one that has ended. */
export async function programs({ hands }: Story): Promise<void> {
  const create = async (name: string) => {
    const post = { kind: 'center-staff', centerId: 'yuhu' };
    const { account, key } = await hands.post('officer', '/v1/service-accounts', { name, post });
    return { accountId: account.accountId, key };
  };
  const { accountId } = await create('数据平台');
  const { key } = await hands.post('officer', `/v1/service-accounts/${accountId}/rotate`);
  await hands.post(undefined, '/v1/sign-in/service', { accountId, key });
  await hands.post('admin', `/v1/service-accounts/${(await create('旧自助机')).accountId}/end`);
}
