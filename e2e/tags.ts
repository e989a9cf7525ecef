/** It is about the page and the server alone: where the first to come is, adds nothing. */
export const onlyPage = '@only-page';
