/** Where the page of a submission is. */
export const submissionHref = (id: string): string => `/submissions/${id}`;

/** Where the bytes of an artefact are. */
export const artefactHref = (id: string): string => `/api/v1/artefacts/${id}/content`;

/** The pages above a submission's. */
export const aboveSubmission = [{ label: 'My submissions', href: '/submissions' }];

/** The pages above those of one submission. */
export const aboveWork = (id: string, name: string) => [
  ...aboveSubmission,
  { label: name, href: submissionHref(id) },
];
