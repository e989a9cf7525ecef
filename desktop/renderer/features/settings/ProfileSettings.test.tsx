import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderApp } from '../../testing/render-app.tsx';

it('saves the name, says so until it is changed again, and leaves the focus where it is', async () => {
  const { user, fake } = await renderApp();
  await user.click(screen.getByRole('button', { name: 'Settings' }));
  const field = screen.getByLabelText('Name');
  await user.type(field, ' Berg {Enter}');
  expect(await screen.findByText('Saved')).toBeVisible();
  expect(fake.account.name).toMatch(/ Berg$/);
  expect(field).toHaveFocus();
  expect(field).toHaveValue(fake.account.name);
  await user.keyboard('er');
  expect(screen.queryByText('Saved')).toBeNull();
});
