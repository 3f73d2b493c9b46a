/** Where a credential and its forms are found. */
export interface CredentialLinks {
  /** The credential's id. */
  readonly id: string;
  readonly page: string;
  readonly json: string;
  readonly jwt: string;
  readonly png: string;
  readonly svg: string;
  readonly pdf: string;
  readonly qr: string;
  readonly standing: string;
  readonly statusList: string;
}

/** The links of a credential; of an older edition, they name it. */
export function linksOf(
  credentialId: string,
  statusList: string,
  edition: { readonly n: number; readonly newest: number },
): CredentialLinks {
  const query = edition.n === edition.newest ? '' : `?edition=${edition.n}`;
  return {
    id: credentialId,
    page: `${credentialId}${query}`,
    json: `${credentialId}.json${query}`,
    jwt: `${credentialId}.jwt${query}`,
    png: `${credentialId}.png${query}`,
    svg: `${credentialId}.svg${query}`,
    pdf: `${credentialId}.pdf${query}`,
    qr: `${credentialId}/qr.png`,
    standing: `${credentialId}/standing`,
    statusList,
  };
}
