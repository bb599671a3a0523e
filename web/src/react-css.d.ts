import 'react';

declare module 'react' {
  /** Our own CSS variables in `style`. */
  interface CSSProperties {
    [variable: `--${string}`]: string | number | undefined;
  }
}
