const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** A page of our own without scripts. `body` is markup; `style` the address of a sheet. */
export function page(title: string, body: string, style?: string): string {
  const sheet = style === undefined ? '' : `<link rel="stylesheet" href="${escapeHtml(style)}">`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title>${sheet}</head><body><main>${body}</main></body></html>`;
}
