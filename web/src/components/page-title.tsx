import { Title } from '@mantine/core';
import { useMatches } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';

/** The address at which the page was loaded: there the browser's own focus is right. */
let settledAt: string | undefined;

type Props = {
  children: ReactNode;
  documentTitle?: string;
  mb?: string;
  /** Takes the focus although the address has not changed: the screen became another one. */
  announced?: boolean;
};

/** The one `h1` of a screen. After a change of page it takes the focus, so that a screen reader says where one is. */
export function PageTitle({ children, documentTitle, mb = 'md', announced = false }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  // Of the screen that is shown, not of the address: that changes before the next screen is there.
  const path = useMatches({ select: (matches) => matches.at(-1)?.pathname });
  useEffect(() => {
    const moved = settledAt !== undefined && settledAt !== path;
    if (moved || announced) heading.current?.focus({ preventScroll: !announced });
    settledAt = path;
  }, [path, announced]);
  const title = documentTitle ?? (typeof children === 'string' ? children : undefined);
  return (
    <>
      {title === undefined ? null : <title>{`${title} · 邻里 Linli`}</title>}
      <Title order={1} tabIndex={-1} ref={heading} mb={mb}>
        {children}
      </Title>
    </>
  );
}
