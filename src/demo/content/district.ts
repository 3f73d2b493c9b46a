/** The demo district, its people (all made up) and the milestone that stacks its two microcredentials. */
export const district = {
  name: 'Riverbend Unified School District',
  code: 'rvbd',
  timeZone: 'America/Chicago',
  language: 'en-US',
  schools: [
    { key: 'alder', name: 'Alder Creek Elementary' },
    { key: 'mill', name: 'Mill Street Middle School' },
    { key: 'north', name: 'North Landing High School' },
  ],
  otherName: 'Cedar Valley Schools',
} as const;

/** One person for each name of the demo's API keys and sign-in links. */
export const members = [
  {
    key: 'admin',
    name: 'Ruth Castellanos',
    email: 'ruth.castellanos@riverbend.example',
    roles: ['admin'],
    school: undefined,
  },
  {
    key: 'lead',
    name: 'Amara Nwosu',
    email: 'amara.nwosu@riverbend.example',
    roles: ['lead'],
    school: undefined,
  },
  {
    key: 'adjudicator',
    name: 'Henrik Solberg',
    email: 'henrik.solberg@riverbend.example',
    roles: ['adjudicator'],
    school: undefined,
  },
  {
    key: 'reviewer1',
    name: 'Dana Whitehorse',
    email: 'dana.whitehorse@riverbend.example',
    roles: ['reviewer'],
    school: 'mill',
  },
  {
    key: 'reviewer2',
    name: 'Tomás Iglesias',
    email: 'tomas.iglesias@riverbend.example',
    roles: ['reviewer'],
    school: 'north',
  },
  {
    key: 'expert3',
    name: 'Priya Raghunathan',
    email: 'priya.raghunathan@riverbend.example',
    roles: ['expert'],
    school: 'north',
  },
  {
    key: 'coach',
    name: 'Lucille Marchetti',
    email: 'lucille.marchetti@riverbend.example',
    roles: ['coach'],
    school: 'alder',
  },
  {
    key: 'teacher',
    name: 'Maya Okafor',
    email: 'maya.okafor@riverbend.example',
    roles: ['teacher'],
    school: 'alder',
  },
  {
    key: 'teacher2',
    name: 'Joel Lindqvist',
    email: 'joel.lindqvist@riverbend.example',
    roles: ['teacher'],
    school: 'alder',
  },
] as const;

/** Teachers whose work was reviewed before the story of the others begins; nobody signs in as one of them. */
export const earlierTeachers = [
  'Amina Yusuf',
  'Carl Brandt',
  'Elena Petrova',
  'Gabriel Mensah',
  'Ines Duarte',
  'Keiko Hayashi',
  'Leo Novak',
  'Nora Lindgren',
  'Omar Siddiqui',
  'Rosa Delgado',
] as const;

/** Who rates for the district from another, through a seat of the review pool. */
export const poolReviewer = { name: 'Nadia Osei', email: 'nadia.osei@cedar-valley.example' } as const;

/** The milestone: complete when both microcredentials are held. */
export const milestone = {
  slug: 'responsive-teaching',
  name: 'Responsive teaching',
  description:
    'Awarded to teachers who have shown, in reviewed work from their own classrooms, that they find out what students think, act on it with feedback, and lead discussions in which every voice counts.',
  criteriaNarrative: `Hold both of these microcredentials of the Riverbend Unified School District, each valid on the day of the award:

- **Formative feedback that moves learning**
- **Inclusive classroom discussion**

Nothing more is submitted. If one of them is later revoked, this milestone is suspended until it is made good.`,
  tags: ['milestone', 'responsive teaching'],
  creditHours: 0,
  components: ['formative-feedback', 'inclusive-discussion'],
} as const;
