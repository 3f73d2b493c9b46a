import type { DemoMicrocredential } from './types.js';
import { intascUrl, nbptsUrl, danielsonUrl } from './frameworks.js';

/** "Formative feedback that moves learning". */
export const formativeFeedback: DemoMicrocredential = {
  slug: 'formative-feedback',
  name: 'Formative feedback that moves learning',
  description:
    'The teacher finds out what every student is thinking while there is still time to act on it, gives feedback that names a next step against shared success criteria, and makes room for students to use it.',
  criteriaNarrative: `## What this microcredential recognises

Feedback helps when three things meet: students know what good work looks like, the teacher knows what each of them is thinking, and there is time to do something about the difference. This microcredential recognises a teacher who brings the three together in one short cycle of ordinary lessons.

## What you do

1. **Plan** one lesson with a learning goal and success criteria that students will use, and decide where you will find out what each of them is thinking.
2. **Teach** it and gather work from the whole class. Choose up to four pieces that differ in what they show, not the best ones.
3. **Give feedback** on that work that refers to the criteria and names the next step.
4. **Set time aside** for students to act on it, and look again.
5. **Reflect** on what changed in the work, what did not, and what you will do next.

## How it is judged

Two certified reviewers rate each of the four criteria on its own, blind and independently. Every criterion must be at **Proficient** or above; strength in one does not make up for another. What misses the level comes back with feedback, and only that part is submitted again.

Grade level, subject and the polish of your documents do not matter. What students understood, and what your feedback did about it, does.`,
  tags: ['formative assessment', 'feedback', 'student self-assessment', 'instruction'],
  creditHours: 1.5,
  criteria: [
    {
      id: 'clear-goals',
      name: 'Goals and success criteria students can use',
      description:
        'Students know what they are learning and what good work looks like, and use that to judge work.',
      descriptors: [
        'The lesson names a topic or an activity. There is no learning goal that students could put in their own words, or the criteria are known to the teacher alone.',
        'Students are shown a learning goal, but success criteria are missing, say only “do your best”, or describe neatness and completion instead of the quality of the learning.',
        'The goal comes with specific success criteria that describe quality. Students meet them through an example or model and use them at least once in the lesson to look at work.',
        'Students help to build or sharpen the criteria from samples of work, and use them without being told to when they judge and talk about their own and others’ work.',
      ],
    },
    {
      id: 'eliciting-thinking',
      name: 'Finding out what every student is thinking',
      description:
        'The teacher gathers evidence of understanding from the whole class at a point where it can still be used.',
      descriptors: [
        'The teacher relies on volunteers, on completion, or on a general impression. What is gathered does not show what individual students understand.',
        'All or most students are checked, but the task shows only right or wrong answers, or the result comes too late to be used.',
        'A planned task draws out the thinking of every student at a point where it can be used, and the teacher names the patterns found in it.',
        'Tasks are designed to bring particular misunderstandings into the open. The teacher names who showed which, and visibly changes the teaching because of it, saying why.',
      ],
    },
    {
      id: 'next-steps',
      name: 'Feedback that names the next step',
      description:
        'Comments to students, spoken or written, tell them where they are against the criteria and what to do next.',
      descriptors: [
        'Feedback is a grade, a tick, praise of the person, or a correction that the teacher has made for the student.',
        'Feedback describes the work but is too general to act on, or makes so many points that the student cannot tell what to do first. Many pieces have no next step.',
        'On every piece shown, feedback refers to the success criteria, names a real strength, and gives one specific next step that the student is able to take.',
        'Feedback answers the thinking in each piece, leaves the thinking to the student by a question or a hint no bigger than needed, and picks up what was said to that student before.',
      ],
    },
    {
      id: 'student-action',
      name: 'Students act on the feedback',
      description: 'There is time and a reason to use feedback, and the work shows that students did.',
      descriptors: [
        'No time or task is given for using the feedback. The work is filed or sent home, and the class moves on.',
        'Students are asked to revise, but only some do, or revising means copying the teacher’s correction. Nobody looks at the work a second time.',
        'Lesson time is set aside. Every piece shown is revised in answer to its feedback, and the teacher looks at the revised work.',
        'Revisions show a changed understanding that also holds on a new task. Students say what they changed and why, and set their own next goal or give feedback to each other.',
      ],
    },
  ],
  alignments: [
    {
      framework: 'InTASC Model Core Teaching Standards',
      code: '6(d)',
      name: 'Standard 6: Assessment, performance 6(d)',
      description:
        'The teacher engages learners in understanding and identifying quality work and provides them with effective descriptive feedback to guide their progress toward that work.',
      url: intascUrl,
    },
    {
      framework: 'InTASC Model Core Teaching Standards',
      code: '6(n)',
      name: 'Standard 6: Assessment, essential knowledge 6(n)',
      description:
        'The teacher understands the positive impact of effective descriptive feedback for learners and knows a variety of strategies for communicating this feedback.',
      url: intascUrl,
    },
    {
      framework: 'Danielson Framework for Teaching',
      code: '3d',
      name: 'Component 3d: Using Assessment in Instruction',
      description:
        'Assessment criteria, monitoring of student learning, feedback to students, and student self-assessment.',
      url: danielsonUrl,
    },
    {
      framework: 'NBPTS Five Core Propositions',
      code: 'Proposition 3',
      name: 'Proposition 3',
      description: 'Teachers are responsible for managing and monitoring student learning.',
      url: nbptsUrl,
    },
  ],
  requirements: [
    {
      id: 'lesson-plan',
      kind: 'file',
      name: 'Lesson plan',
      description:
        'The plan of the lesson, with its goal, success criteria, and the moment at which you gather evidence from every student.',
      genre: 'Lesson plan',
      mediaTypes: ['application/pdf'],
      min: 1,
      max: 1,
      required: true,
      showsChildren: false,
    },
    {
      id: 'student-work',
      kind: 'file',
      name: 'Student work with your feedback',
      description:
        'One to four pictures or scans that show the feedback and what the student did with it. Cover or cut off names.',
      genre: 'Student work sample',
      mediaTypes: ['image/png', 'image/jpeg'],
      min: 1,
      max: 4,
      required: true,
      showsChildren: true,
    },
    {
      id: 'lesson-video',
      kind: 'file',
      name: 'A moment of feedback on video',
      description: 'If you like, up to five minutes of one conversation in which feedback is given or used.',
      genre: 'Classroom video',
      mediaTypes: ['video/mp4'],
      min: 1,
      max: 1,
      required: false,
      showsChildren: true,
    },
    {
      id: 'reflection',
      kind: 'text',
      name: 'Reflection',
      description:
        'What changed in the work and why you think so; what did not; what you will do next. 250 to 900 words.',
      genre: 'Reflection',
      mediaTypes: ['text/markdown'],
      min: 250,
      max: 900,
      required: true,
      showsChildren: false,
    },
  ],
};
