import type { CityUnderTest } from '../../../support/city.ts';
import type { Officials, Scene } from '../scene.ts';

export type Request = { readonly path: string; readonly body?: unknown; readonly ifMatch?: string };
export type Stage = { readonly city: CityUnderTest; readonly scene: Scene; readonly officials: Officials };
/** Requests by route (`POST /v1/…`), each made for its stage. */
export type Requests = Readonly<Record<string, (stage: Stage) => Request | Promise<Request>>>;

/** What staff say where a reason is asked for. */
export const reason = '电话核实';
