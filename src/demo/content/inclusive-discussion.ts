import type { DemoMicrocredential } from './types.js';
import { danielsonUrl, intascUrl, nbptsUrl } from './frameworks.js';

/** "Inclusive classroom discussion". */
export const inclusiveDiscussion: DemoMicrocredential = {
  slug: 'inclusive-discussion',
  name: 'Inclusive classroom discussion',
  description:
    'The teacher plans and leads a discussion of a question worth discussing, in which every student has a way in, voices are heard evenly, and students build on one another’s ideas.',
  criteriaNarrative: `## What this microcredential recognises

A discussion teaches when students think aloud together. Left alone, a few voices carry it. This microcredential recognises a teacher who makes the conversation belong to the whole class, multilingual learners and quiet students included, without making it thinner.

## What you do

1. **Agree** with students how you talk together, and choose a structure that gives everybody a way in.
2. **Plan** a question that has more than one defensible answer and needs the text, the data or the problem in front of you.
3. **Lead** the discussion, and keep a record of who spoke, who built on whom, and who had another way of taking part.
4. **Look** at that record, decide on one change, and lead a second discussion with it.
5. **Reflect** on what the record shows, for whom it got better, and for whom not yet.

## How it is judged

Two certified reviewers rate each of the four criteria on its own, blind and independently. Every criterion must be at **Proficient** or above. What misses the level comes back with feedback, and only that part is submitted again.

Loud is not the same as good: a calm discussion with honest wait time can be Exemplary.`,
  tags: ['discussion', 'equity of voice', 'academic language', 'instruction'],
  creditHours: 1.25,
  criteria: [
    {
      id: 'norms-structures',
      name: 'Norms and structures for talk',
      description:
        'Students know how they talk together here, and a structure gives every one of them a way in.',
      descriptors: [
        'Talk is open to whoever raises a hand. Norms are rules of behaviour, or there are none.',
        'Norms for talk or a structure such as turn-and-talk are in place, but they are not taught or returned to, or some students have no way in.',
        'Norms for listening and disagreeing are taught and used. The structure gives every student time to prepare and a way to take part, with language support where it is needed.',
        'Students shape the norms and hold each other to them. Structures are chosen for particular learners, and support is faded as students can do without it.',
      ],
    },
    {
      id: 'questions',
      name: 'A question worth discussing',
      description:
        'The question needs thinking from evidence and leaves room for more than one defensible answer.',
      descriptors: [
        'Questions ask for recall, have one expected answer, or can be answered without the text, data or problem at hand.',
        'The main question is open, but follow-ups close it down, or it drifts to opinion that needs no evidence.',
        'The main question has several defensible answers and needs evidence. Planned follow-ups press for reasons and keep the thinking with the students.',
        'The question is built on what these students said or wrote before. Follow-ups answer their actual thinking, and students raise questions that the class takes up.',
      ],
    },
    {
      id: 'equity-of-voice',
      name: 'Voices heard evenly',
      description: 'The teacher knows who takes part and how, and acts so that it evens out.',
      descriptors: [
        'A few students do most of the talking, and no record shows who took part. Silence is explained by the students’ character.',
        'Participation is noticed or tallied, but only as a count of hands, or nothing is changed because of it. Whole groups of students stay on the edge.',
        'A record shows who spoke and how. The teacher acts on it with wait time, invitation or structure, and most students contribute something of substance.',
        'The record looks at kinds of contribution and at groups of learners. A change made because of it is shown to have moved the pattern, and students help to watch it.',
      ],
    },
    {
      id: 'building-ideas',
      name: 'Students build on one another’s ideas',
      description: 'Contributions answer each other, and understanding moves between the start and the end.',
      descriptors: [
        'Talk goes from teacher to student and back. The teacher judges each answer and moves on.',
        'Some students answer each other, mostly by agreeing or repeating; the teacher still carries most links between ideas.',
        'Students respond to each other’s ideas with reasons, prompted by the teacher’s moves such as restating or asking who sees it differently. An idea changes or deepens.',
        'Students link, challenge and revise ideas by themselves over several turns, credit one another, and can say how their thinking moved.',
      ],
    },
  ],
  alignments: [
    {
      framework: 'InTASC Model Core Teaching Standards',
      code: '3(c)',
      name: 'Standard 3: Learning Environments, performance 3(c)',
      description:
        'The teacher collaborates with learners and colleagues to develop shared values and expectations for respectful interactions, rigorous academic discussions, and individual and group responsibility for quality work.',
      url: intascUrl,
    },
    {
      framework: 'Danielson Framework for Teaching',
      code: '3b',
      name: 'Component 3b: Using Questioning and Discussion Techniques',
      description: 'Quality of questions, discussion techniques, and student participation.',
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
        'The plan of the discussion: the question and follow-ups, the structure for talk, and supports for learners.',
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
      name: 'Traces of the discussion',
      description:
        'One to four pictures: the participation record, charts, notes or boards made by students. Cover names.',
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
      name: 'Part of the discussion on video',
      description: 'If you like, up to ten minutes in which students answer one another.',
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
        'What the record of participation shows, what you changed, and what happened then. 250 to 900 words.',
      genre: 'Reflection',
      mediaTypes: ['text/markdown'],
      min: 250,
      max: 900,
      required: true,
      showsChildren: false,
    },
  ],
};
