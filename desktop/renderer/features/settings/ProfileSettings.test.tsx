import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderApp } from '../../testing/render-app.tsx';

it('saves the name, and says so until it is changed again', async () => {
  const { user } = await renderApp();
  await user.click(screen.getByRole('button', { name: 'Settings' }));
  await user.type(screen.getByLabelText('Name'), ' Berg{Enter}');
  expect(await screen.findByText('Saved')).toBeVisible();
  await user.type(screen.getByLabelText('Name'), 'er');
  expect(screen.queryByText('Saved')).toBeNull();
});
