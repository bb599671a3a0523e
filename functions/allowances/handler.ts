import * as api from '../../shared/contracts/endpoints/allowances.ts';
import { created, ok } from '../../shared/http/answer.ts';
import { httpHandler } from '../../shared/http/pipeline.ts';
import { pair } from '../../shared/http/route.ts';
import { etagOf } from '../people/index.ts';
import { changeCityRules, changePassKinds, giveFund, issuePass, recordPaidPart } from './commands.ts';
import { listPassKinds, readAllowances, readRules, readStatement } from './queries.ts';

/** What the city has set, with its version as ETag, which `If-Match` sends back. */
const withVersion = <const B>(body: B, version: number) => ({ ...ok(body), headers: { etag: etagOf(version) } });

export const routes = pair(api, {
  readCityRules: async (context) => {
    const rules = await readRules(context);
    return withVersion({ rules }, rules.version);
  },
  changeCityRules: async (context, { body }) => {
    const rules = await changeCityRules(context, body);
    return withVersion({ rules }, rules.version);
  },
  listPassKinds: async (context) => {
    const kinds = await listPassKinds(context);
    return withVersion(kinds, kinds.version);
  },
  changePassKinds: async (context, { body }) => {
    const kinds = await changePassKinds(context, body);
    return withVersion(kinds, kinds.version);
  },
  readAllowances: async (context, { path, query }) => ok(await readAllowances(context, path.personId, query)),
  issuePass: async (context, { path, body }) => {
    const { pass, replayed } = await issuePass(context, path.personId, body);
    return created({ pass }, { replayed });
  },
  recordPaidPart: async (context, { path }) => ok({ pass: await recordPaidPart(context, path) }),
  giveFund: async (context, { path, body }) => {
    const { fund, replayed } = await giveFund(context, path.personId, body);
    return created({ fund }, { replayed });
  },
  readStatement: async (context, { path, query }) => ok(await readStatement(context, path.personId, query.month)),
});

export const handler = httpHandler(routes);
