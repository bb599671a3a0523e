import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './empty.module.css';

/** Nothing here, said kindly, with what to do instead. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <svg className={styles.picture} viewBox="0 0 120 56" aria-hidden="true">
        <path d="M22 34c10-2 24-12 38-26 14 14 28 24 38 26" />
        <path d="M36 34v12M84 34v12" />
        <path className={styles.river} d="M10 52c10-6 20 4 33 0s20-6 33-1 22 4 34-1" />
      </svg>
      <Text fw={600}>{title}</Text>
      {children}
    </div>
  );
}
