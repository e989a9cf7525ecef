/** The page's own scheme: what it shows and asks for comes from here and from nowhere else. */
export const appScheme = 'app';
export const appHost = 'parley';
const appPage = `${appScheme}://${appHost}/`;

/** The one page; relative to it everything else is found. */
export const appPageUrl = `${appPage}index.html`;

/** Whether an address lies in the app itself. */
export function isAppUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === `${appScheme}:` && host === appHost && username === '' && password === '';
}
