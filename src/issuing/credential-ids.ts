/** The ResultDescription of a criterion: a fragment of the achievement version's URL. */
export function resultDescriptionId(versionUrl: string, criterion: string): string {
  return `${versionUrl}#${criterion}`;
}

/** A RubricCriterionLevel: a fragment of the achievement version's URL. */
export function rubricLevelId(versionUrl: string, level: string): string {
  return `${versionUrl}#${level}`;
}

/** The ResultDescription of a milestone: that its components are held. */
export function componentResultId(versionUrl: string): string {
  return `${versionUrl}#components`;
}

/** A credential's id and page: `https://HOST/c/{public id}`. */
export function credentialUrl(publicUrl: string, publicId: string): string {
  return `${publicUrl}/c/${publicId}`;
}

/** Where a review quality statement is served, by the SHA-256 of its bytes. */
export function statementUrl(publicUrl: string, districtSlug: string, sha256: string): string {
  return `${publicUrl}/d/${districtSlug}/quality/sha256-${sha256}.json`;
}
