import { Button, type ButtonProps, Loader } from '@mantine/core';
import type { MouseEventHandler } from 'react';

type Props = Omit<ButtonProps, 'loading'> & {
  /** The request is on its way: shown, and further presses do nothing. */
  pending: boolean;
  type?: 'submit' | 'button';
  onClick?: MouseEventHandler<HTMLButtonElement>;
};

/**
 * A button whose press takes a while. While it does, the button keeps the focus (a disabled one would lose it, and with it the
 * place of whoever uses a keyboard) and swallows every further press.
 */
export function ActionButton({ pending, type = 'button', onClick, leftSection, ...rest }: Props) {
  return (
    <Button
      {...rest}
      type={type}
      aria-disabled={pending}
      aria-busy={pending}
      leftSection={pending ? <Loader size="1.125rem" color="currentColor" /> : leftSection}
      onClick={(event) => {
        if (pending) event.preventDefault();
        else onClick?.(event);
      }}
    />
  );
}
