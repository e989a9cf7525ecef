import { render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { Button } from './Button.tsx';

it('shows that an answer is awaited, does nothing meanwhile, and keeps its name', () => {
  const onClick = vi.fn<() => void>();
  const { rerender } = render(<Button onClick={onClick}>Sign in</Button>);
  const button = screen.getByRole('button', { name: 'Sign in' });
  expect(button.querySelector('svg')).toBeNull();
  rerender(
    <Button isBusy onClick={onClick}>
      Sign in
    </Button>,
  );
  button.click();
  expect(onClick).not.toHaveBeenCalled();
  expect(button).toHaveAccessibleName('Sign in');
  expect(button.querySelector('svg')).not.toBeNull();
});
