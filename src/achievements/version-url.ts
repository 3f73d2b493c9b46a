/** A version's address, which is the achievement's id in credentials of this version. */
export function versionUrl(publicUrl: string, districtSlug: string, slug: string, number: number): string {
  return `${publicUrl}/d/${districtSlug}/achievements/${slug}/v${number}`;
}
