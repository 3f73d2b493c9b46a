import { exemplar } from './types.js';

/** Exemplars of "Formative feedback that moves learning", made up by us: criteria in the order goals, eliciting, next steps, action. */
export const formativeFeedbackExemplars1 = [
  exemplar(
    'ff-01',
    'form',
    'Equivalent fractions by exit ticket, grade 4',
    [
      [
        'Lesson plan excerpt',
        'Goal: I can explain why two fractions name the same amount. Success criteria, built from an anonymous sample on the board: (1) my drawing shows wholes of the same size, (2) my sentence says what happened to the size and the number of the parts. In minute 20 partners use the two criteria to check one worked example. Exit ticket for everyone: “Ravi says 3/4 and 6/8 are different because 8 is bigger. Draw and write what you would tell him.” I will sort tickets into three piles before tomorrow.',
      ],
      [
        'Student work with feedback',
        'Three tickets. A: equal wholes drawn, sentence only says “they are the same”. Comment: “Criterion 1 is there: your wholes match. Next: say what happened to the parts when 3/4 became 6/8.” B: wholes of different length. “You cut the parts evenly. Next: lay the bars under each other; what do you notice about the wholes?” C: both criteria met. “Try it for 2/3.” On the next day each ticket has a second drawing or sentence in green pencil that answers the comment, and a check mark from the teacher beside it.',
      ],
      [
        'Reflection excerpt',
        'The piles were: 11 with both criteria, 9 with a good drawing and no reason, 4 with unequal wholes. I gave ten minutes at the start of the next lesson for green pencil. All 24 added something, and I walked round with the piles to see whether it answered what I had written. The four with unequal wholes fixed this ticket, but I have not yet seen them draw equal wholes on a new problem, so fraction strips stay out tomorrow. Nobody set a goal of their own; that is the next thing to teach.',
      ],
    ],
    [3, 3, 3, 3],
    [
      [3, 3, 3, 3],
      [3, 3, 3, 3],
      [3, 4, 3, 3],
    ],
    [
      [
        'e1',
        'Criteria describe the quality of an explanation, come from a sample, and partners use them in minute 20. Students did not build them, so not Exemplary.',
      ],
      [
        'e1',
        'The ticket draws out reasons from everyone and the reflection names three patterns. One misunderstanding is planned for, but the lesson is only lightly changed.',
      ],
      ['e2', 'Each comment names a criterion that is met and one next step that the student can take alone.'],
      [
        'e2',
        'Time is given, every sample is revised in green, and the teacher looked again. No new task yet.',
      ],
    ],
  ),
  exemplar(
    'ff-02',
    'form',
    'Personal narratives returned, grade 3',
    [
      [
        'Lesson plan excerpt',
        'Objective on the board: “I can write an interesting story about a time I was surprised.” Students read the objective aloud together. Reminders: use your best handwriting, write at least one page, check capitals and periods. Writing time 35 minutes. I will circulate and help students who raise a hand. Stories are collected at the bell. I will return them on Friday with a sticker and a comment so that families can see them at conference night, and the best ones will go on the hallway board.',
      ],
      [
        'Student work with feedback',
        'Two stories. The first, about a lost dog, has a star sticker, “Great job! I loved this!!” and six spelling words corrected above the line in red. The second, about a storm, is a list of events without any surprise in it; it has a smiling face, “Nice story, watch your capitals”, and four capitals written over by the teacher. Both were returned in the take-home folder. There is no later draft, and the space under each story is empty.',
      ],
      [
        'Reflection excerpt',
        'The class really enjoyed this. I could tell from the room that most of them understood what makes a story interesting, because several hands went up when I asked for examples and the answers were good. I try to write something positive on every paper since confidence matters so much at this age. I did not have time for a second draft because we begin poetry on Monday, but I think they will remember the comments the next time they write.',
      ],
    ],
    [2, 1, 1, 1],
    [
      [2, 1, 1, 1],
      [2, 1, 1, 1],
      [1, 1, 2, 1],
    ],
    [
      [
        'e1',
        'A goal is read aloud, but what is listed beside it is length, handwriting and capitals: completion, not the quality of a surprising story.',
      ],
      ['e3', 'Understanding is judged from the hands that went up and the feel of the room.'],
      ['e2', 'Praise, stickers, and corrections that the teacher made for the writer.'],
      ['e2', 'Returned to take home; no second draft, no time.'],
    ],
  ),
  exemplar(
    'ff-03',
    'form',
    'Claims from evidence in plant investigations, grade 6',
    [
      [
        'Lesson plan excerpt',
        'Students sorted six old conclusions into “convinces us” and “does not yet”, and wrote the criteria themselves: says what the data show with numbers, says why that supports the claim, admits what we do not know. Question for all groups, chosen because it catches the common slip of describing data without reasoning: “Group 4 writes: plants under green light were 3 cm, so green light is bad. Agree?” Everyone answers alone on a card before groups talk. Cards decide which of two mini-lessons a table gets.',
      ],
      [
        'Student work with feedback',
        'Two lab reports with margin notes. “You give both heights, so I can follow you (our first criterion). A reader might ask: why would green light slow growth? Add the sentence that answers.” and “Your reason is clear. Which number in your table would make Group 4 change its mind?” Both writers added a paragraph and underlined what was new. On the following week’s report about soil, neither needed the prompt: data, reason and a limit all appear, and a peer has written the third criterion beside the gap in a neighbour’s draft.',
      ],
      [
        'Reflection excerpt',
        'The cards showed 15 of 27 repeating the data as if it were a reason. I dropped the planned reading and ran the mini-lesson on “because” sentences for those tables, while the others looked for limits in published reports. By the soil report 22 wrote a reason without help. In their notebooks students wrote what they had changed and one thing to watch for; several chose “say what I don’t know”. My notes are still best on the claims; on one report I pointed at the table when the trouble was the question itself.',
      ],
    ],
    [4, 4, 3, 4],
    [
      [4, 4, 3, 4],
      [4, 4, 3, 4],
      [4, 3, 4, 4],
    ],
    [
      ['e1', 'The class made the criteria from samples, and a peer uses them unasked in the second item.'],
      [
        'e1',
        'A card designed to catch one named slip from every student; the reflection shows the lesson changed because of it.',
      ],
      [
        'e2',
        'Criterion, strength and one step each time, and well put as questions; but one note misses the thinking, as the teacher says, and earlier feedback is not picked up.',
      ],
      [
        'e2',
        'Changed understanding holds on the soil report, and students say what they changed and what they watch for.',
      ],
    ],
  ),
  exemplar(
    'ff-04',
    'form',
    'Two-digit addition on an open number line, grade 2',
    [
      [
        'Lesson plan excerpt',
        'I can add two-digit numbers by making friendly jumps. A jump is friendly when it lands on a ten or is a whole number of tens; a good number line shows every jump with its size, so that a friend could follow it without asking. We look at two number lines made by last year’s class and decide with thumbs which one a friend could follow, then students check their own first line against the two sentences. All students then do the six sums on the practice page. I mark pages right and wrong this evening.',
      ],
      [
        'Student work with feedback',
        'Three practice pages. Correct sums have a tick, wrong ones a cross. At the foot: “4/6. Show your jumps more clearly.” “5/6. Good jumps! Be careful with the ones.” “2/6. See me. Remember friendly jumps.” On the first page one crossed sum has been done again and is now right; on the second the answer 73 has been rubbed out and 83 written in; on the third nothing has been added. The crossed-out answers of the third page all come from counting the starting number as the first jump.',
      ],
    ],
    [3, 2, 2, 2],
    [
      [3, 2, 2, 2],
      [3, 2, 2, 1],
      [3, 2, 2, 2],
    ],
    [
      [
        'e1',
        'Clear criteria for a line that a friend could follow, tried on models and on their own first line.',
      ],
      [
        'e1',
        'Everyone is checked, but for right and wrong only; the counting slip on the third page is not noticed.',
      ],
      ['e2', '“More clearly” and “be careful” are too general to act on.'],
      ['e2', 'Some corrections appear, one page is untouched, and there is no sign of a second look.'],
    ],
  ),
  exemplar(
    'ff-05',
    'form',
    'Argument essays on school start times, grade 9',
    [
      [
        'Lesson plan excerpt',
        'Learning goal: write an argument that answers a counterclaim. The rubric of the state test is in the folder, and I read the top row aloud. Before drafting, everyone fills in a planning sheet with a claim, two reasons, and “the best thing the other side could say”. I read all 31 sheets the same evening and sorted them: 12 with a real counterclaim, 14 whose counterclaim nobody would hold, 5 with none. The next lesson opens with four counterclaims from the sheets and the question which of them would be hard to answer.',
      ],
      [
        'Student work with feedback',
        'Two essays, each with more than twenty comments on a page and a half: commas, “awk”, “word choice”, “transition?”, “develop”, “source?”, and at the end a paragraph: “You have a strong voice. Work on your counterclaim, vary your sentences, check citations, and make the introduction more engaging. Also see the comments.” Neither essay has changed since. The assignment page says that students may revise for extra credit by the end of the quarter.',
      ],
      [
        'Reflection excerpt',
        'I spent about fifteen minutes on each essay and I think the comments were thorough. The planning sheets were a good idea because they told me where the trouble would be before the drafts came in. Three students have asked about the extra credit so far. I wish more of them would take it up, but with five classes I cannot chase everybody, and at this age they have to learn to take responsibility for using what I write.',
      ],
    ],
    [2, 3, 2, 1],
    [
      [2, 3, 2, 1],
      [2, 3, 2, 1],
      [2, 3, 2, 2],
    ],
    [
      [
        'e1',
        'A goal is set and one row of a test rubric is read out, but students do not use criteria to look at anything.',
      ],
      [
        'e1',
        'The sheet draws out everyone’s thinking before the draft; the teacher names three patterns and uses them.',
      ],
      ['e2', 'So many points that a writer cannot tell what to do first.'],
      ['e2', 'Revision is left to extra credit; no lesson time, and neither essay has changed.'],
    ],
  ),
  exemplar(
    'ff-06',
    'form',
    'Value and form in still life, grade 10 art',
    [
      [
        'Lesson plan excerpt',
        'We hang twelve anonymous drawings and the class argues about which make an egg look round. From the talk we write the criteria in students’ words: five greys or more, edges that get lost where the light dies, a shadow that belongs to the light. The list has grown since September; “lost edges” was added by a student last week. Midway, everybody stops and pins a two-by-two-inch window of the drawing that they are least sure of, with a question on a note. I read all the windows while they go on drawing.',
      ],
      [
        'Student work with feedback',
        'Three drawings photographed at three stages. Notes on the windows: “Your greys stop at three; squint at the egg: where is the darkest?” “In October you wrote that edges scare you. This one is lost on the left. What happens if the right one goes too?” Later photographs show seven greys, a softened right edge, and on the back: “I let go of the outline because the light does. Next: the cloth.” A second still life a week later begins with lost edges from the first layer. Peer notes use the list without being asked.',
      ],
      [
        'Reflection excerpt',
        'The windows told me that 9 of 22 were outlining and then filling in. I had meant to show how to tone paper, but stopped and put one lamp on one egg instead. The notes that worked were the ones that sent students back to look. I now keep last month’s notes beside me when I write this month’s, because “edges scare me” was the key to one drawing. Students write their own next step on the back, and I only add to it if it is too large to try in one sitting.',
      ],
    ],
    [4, 3, 4, 4],
    [
      [4, 3, 4, 4],
      [4, 4, 4, 4],
      [4, 3, 4, 4],
    ],
    [
      [
        'e1',
        'Criteria are the students’ own, have been sharpened by them, and are used unasked in peer notes.',
      ],
      [
        'e3',
        'Every student’s uncertainty is gathered mid-work and the demonstration changes. The window is open-ended rather than designed for particular misunderstandings.',
      ],
      [
        'e2',
        'Questions that send students back to look, fitted to each drawing, and tied to what a student wrote in October.',
      ],
      ['e2', 'Understanding carries into a second still life, and students set the next step themselves.'],
    ],
  ),
  exemplar(
    'ff-07',
    'form',
    'Cell organelles quiz, grade 7',
    [
      [
        'Lesson plan excerpt',
        'Topic: organelles, pages 88 to 94. Warm-up: copy the vocabulary. Slides 1 to 22 with guided notes. Independent practice: label the diagram of an animal cell. Closing: remind the class that the quiz is on Thursday. Quiz: ten multiple-choice items on the class set of tablets, scored at once by the program. Standard covered: MS-LS1-2. Students who score below 60 may stay for tutoring on Tuesday. Next topic on Friday: photosynthesis.',
      ],
      [
        'Student work with feedback',
        'Three printouts of quiz results: 9/10, 6/10 and 4/10, with green and red marks beside item numbers. The items are not shown and the report has no place for a comment. On the last printout somebody has written “study more!” in pen. The printouts were filed in the interactive notebook behind the diagram, which is complete and neatly coloured in all three.',
      ],
      [
        'Reflection excerpt',
        'The class average was 71, which is four points higher than last year, so the guided notes are working. The item report showed that many missed number 7 about the mitochondria. I told the class the right answer when I handed back the results. The program saves me a great deal of grading time and gives students feedback the second they finish. Two students came for tutoring and read the chapter again.',
      ],
    ],
    [1, 2, 1, 1],
    [
      [1, 2, 1, 1],
      [1, 2, 1, 1],
      [1, 1, 1, 1],
    ],
    [
      ['e1', 'A topic and a list of activities; no goal that a student could state.'],
      ['e3', 'Every student is checked, but for right and wrong at the end; item 7 is told, not taught.'],
      ['e2', 'Scores, colours, and “study more!”.'],
      ['e2', 'Results are filed in the notebook; the class moves on to photosynthesis.'],
    ],
  ),
  exemplar(
    'ff-08',
    'form',
    'Telling a story in the past, Spanish 2',
    [
      [
        'Lesson plan excerpt',
        'Goal: I can tell what happened to me last weekend so that a listener sees the scene. Criteria on a card: the events are in the preterite, the background is in the imperfect, and I repair what my listener did not understand. We listen to two recordings and hold up the card line that each speaker does best. Then all record ninety seconds on their own, without notes, in the second half of the lesson. I listen to every recording that evening and write down who uses which tense for what.',
      ],
      [
        'Student work with feedback',
        'Transcripts of two first recordings, the spoken feedback, and the second recordings. Feedback to one: “Last time we worked on endings, and every one is right today. Listen at 0:40: was the rain an event or the scene?” To the other: “Your scene is rich: two imperfects. At 1:05 something happens suddenly. How could your verb make me jump?” In the second recordings the rain has moved into the imperfect, and the sudden event stands in the preterite. The teacher’s log has a line for each second recording.',
      ],
      [
        'Reflection excerpt',
        'My log had three groups: 8 used the preterite for everything, 6 mixed the two without a pattern, 12 were secure. I answered each recording with a voice note of half a minute, always one thing, and always linked to what we had said the time before. The next lesson began with twenty minutes to listen and record again; all did. I checked all the second recordings. It is too early to say whether it holds in a new story: we did not yet try one.',
      ],
    ],
    [3, 3, 4, 3],
    [
      [3, 3, 4, 3],
      [3, 3, 4, 3],
      [3, 3, 3, 3],
    ],
    [
      ['e1', 'Specific criteria, met through recordings and used with the card; set by the teacher.'],
      ['e3', 'Recordings from everyone, three patterns named and in time to be used.'],
      [
        'e2',
        'Answers the thinking at a given second, leaves the repair to the student, and links to the time before.',
      ],
      ['e2', 'Time is given and both recordings change in answer to the feedback; no new story yet.'],
    ],
  ),
  exemplar(
    'ff-09',
    'form',
    'Which juice tastes stronger? Ratios in grade 7',
    [
      [
        'Lesson plan excerpt',
        'Students will know how to compare ratios. I put the goal on the slide. The task: mix A is 2 cups of concentrate to 3 of water, mix B is 4 to 6, mix C is 5 to 7. I chose numbers so that comparing differences says A and B differ (1 and 2), comparing totals says C is strongest, and only a ratio says that A and B taste the same. Everyone decides alone, writes why, and stands at A, B, C or “same”. The corner tells me who compares differences.',
      ],
      [
        'Student work with feedback',
        'Two sheets. First: “B has more water left over so it is weaker.” Comment: “You compared carefully what is left over. Next: make B by doubling A, and write what happens to the taste.” Second: ratio table correct, reason missing. Comment: “Your table keeps the mix the same in each row. Next: use two rows to say in words why A and B taste the same.” On the first sheet the doubling is drawn, but the old sentence still stands. The second sheet is as it was.',
      ],
      [
        'Reflection excerpt',
        'Nine stood at B because of the difference, four at C because there was more of it. I stopped the lesson there, gave the difference group real cups, and let the ratio-table group write a letter to convince them. I had planned percentages for that time, and I am glad I left them. I asked everybody to finish the corrections at home. About half came back, and I have not collected them since because the unit test was the day after.',
      ],
    ],
    [2, 4, 3, 2],
    [
      [2, 4, 3, 2],
      [2, 4, 3, 2],
      [2, 3, 3, 2],
    ],
    [
      ['e1', 'A goal on a slide and no criteria for a good comparison.'],
      [
        'e1',
        'Numbers designed so that each misunderstanding shows itself; the reflection says who, how many, and what was changed.',
      ],
      ['e2', 'A real strength and one step that the student is able to take, on both sheets.'],
      ['e2', 'One of two sheets is revised, and half: corrections became homework that nobody looked at.'],
    ],
  ),
] as const;
