import type { ContentInput } from '../../achievements/index.js';

/** A content as an author would send it: the example in `/openapi.json`. It can be published as it stands. */
export const achievementExample: ContentInput = {
  name: 'Formative feedback',
  description: 'Gives students feedback during a lesson that moves their work on, and shows that it did.',
  criteria:
    'Plan a lesson with two moments of feedback, teach it, and show what students did with the feedback.',
  language: 'en',
  tags: ['feedback', 'assessment for learning'],
  alignments: [
    {
      targetName: 'Standard 6: Assessment',
      targetUrl: 'https://ccsso.org/resource-library/intasc-model-core-teaching-standards',
      targetFramework: 'InTASC Model Core Teaching Standards',
      targetCode: 'InTASC-6',
    },
  ],
  creditHours: 1.5,
  validForMonths: 60,
  assessment: {
    by: 'review',
    rubric: {
      criteria: [
        {
          id: 'clarity',
          name: 'Clarity of feedback',
          description: 'Whether students can tell from the feedback what to do next.',
          levels: [
            { name: 'Beginning', descriptor: 'Feedback is praise or a mark alone.' },
            { name: 'Developing', descriptor: 'Feedback names what is good or wrong, not what to do next.' },
            { name: 'Proficient', descriptor: 'Feedback names a next step that the student can take.' },
          ],
          requiredLevel: 'clarity-3',
        },
      ],
      rule: { kind: 'conjunctive' },
    },
    requirements: [
      {
        id: 'lesson-plan',
        kind: 'file',
        name: 'Lesson plan',
        description: 'The plan, with the two moments of feedback marked.',
        genre: 'Lesson plan',
        mediaTypes: ['application/pdf'],
        min: 1,
        max: 2,
        serves: ['clarity'],
      },
      {
        id: 'reflection',
        kind: 'text',
        name: 'Reflection',
        description: 'What changed in students’ work, and how you know.',
        genre: 'Reflection',
        min: 150,
        max: 800,
        serves: ['clarity'],
      },
    ],
  },
};
