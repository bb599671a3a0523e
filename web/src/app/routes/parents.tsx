import { createRootRoute, createRoute, Outlet, redirect } from '@tanstack/react-router';
import { signedInPersonId } from '../../lib/tokens.ts';
import { Shell } from '../layout/shell.tsx';
import { NotFoundPage } from '../not-found-screen.tsx';

export const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });

/** Pages with header and footer. */
export const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: () => <Shell /> });

/** Whoever has not signed in does so first and comes back. */
export function mustBeSignedIn({ location }: { location: { href: string } }): void {
  if (!signedInPersonId()) throw redirect({ to: '/sign-in', search: { from: location.href }, replace: true });
}

/** Pages for people who have signed in. */
export const signedIn = createRoute({ getParentRoute: () => shell, id: 'signed-in', beforeLoad: mustBeSignedIn });
