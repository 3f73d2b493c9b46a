import { exemplar } from './types.js';

/** Exemplars of "Formative feedback that moves learning", made up by us: criteria in the order goals, eliciting, next steps, action. */
export const formativeFeedbackExemplars2 = [
  exemplar(
    'ff-10',
    'form',
    'The overhand throw, grade 5 physical education',
    [
      [
        'Lesson plan excerpt',
        'Goal: I can throw overhand so that the ball goes far with little effort. Success criteria from watching a slow-motion clip: side to the target, elbow high, opposite foot steps, follow through across the body. Partners film two throws and tick what they see. Station 3 is set at a distance that cannot be reached with the arm alone, so that whoever throws without the step shows it. I stand at station 3 with a class list and write S (no step), E (dropped elbow) or a dash for all 28.',
      ],
      [
        'Student work with feedback',
        'Three partner sheets with stills from the clip and the comment that was given at the station, written down by the partner. “Elbow high: yes. Next: put your other foot on the line before you throw.” “Good follow-through. Next: turn your belt to the wall first.” “All four are there. Next: the same from one knee, to feel your trunk.” Second stills on each sheet show the foot on the line, the turned hip, and the throw from one knee. Initials of the teacher and the time stand beside them.',
      ],
      [
        'Reflection excerpt',
        'Thirteen S and six E. That was more S than I had thought, so after the first rotation I took away station 4 and laid hoops on the floor for the step, only for those thirteen; the list told me whom to call. In the second rotation nine of them stepped without the hoop. I went back to everybody to whom I had given a next step before the bell. I did not ask students to say why the step helps, and next week I want them to coach someone from grade 3.',
      ],
    ],
    [3, 4, 3, 3],
    [
      [3, 4, 3, 3],
      [3, 4, 3, 3],
      [3, 4, 3, 3],
    ],
    [
      [
        'e1',
        'Criteria come from a model and partners use them on film; they are the teacher’s reading of the clip.',
      ],
      [
        'e1',
        'Station 3 is built to expose one fault, all 28 are recorded, and the stations are changed because of the counts.',
      ],
      [
        'e2',
        'One strength and one step a child can take at once, every time; no questions, and no link to earlier feedback.',
      ],
      [
        'e2',
        'All three show the change and the teacher went back; the reason for it is not yet the students’ own.',
      ],
    ],
  ),
  exemplar(
    'ff-11',
    'reserve',
    'Adding detail to true stories, kindergarten',
    [
      [
        'Lesson plan excerpt',
        'I can add to my story so that my reader can see it. We look at two pages that I drew, one with a stick person only, and say what helps a reader: who, where, and what they said. The three become picture cards on the easel. Before sharing, everybody points at each card and then at the place on the page where it is. I kneel beside six writers a day, and by Friday I have a line of notes for every child in the class: which card is there, which is not, what they told me aloud.',
      ],
      [
        'Student work with feedback',
        'Two booklets over four days, with notes of what was said. “You drew who and where: I see the slide. What did your brother say? Put it in a bubble.” Next page: a bubble, NO MI TRN. “You told me that it was raining. Where could your reader see it?” Next page: lines of rain and a puddle. In the next story, about a birthday, both writers drew speech bubbles from the first page, and one told her partner: “I did the talking because then you know he was mad. Now you do where.”',
      ],
      [
        'Reflection excerpt',
        'Nineteen of 21 had who, twelve had where, three had talk. So I moved speech bubbles to Tuesday instead of the week after. Every afternoon begins with ten minutes of “make it better” in pen of another colour, and I look at each new colour when I collect. I was most surprised that children pointed at the cards for each other in the new stories without me. My notes are often long; I try to say only one thing to a writer at a time.',
      ],
    ],
    [3, 3, 3, 4],
    [
      [3, 3, 3, 4],
      [4, 3, 3, 4],
      [3, 3, 3, 4],
    ],
    [
      ['e1', 'Three criteria from a contrast, used by every child with the cards; chosen by the teacher.'],
      [
        'e3',
        'Notes on every child, counts for each card, and a change of plan; no task made for a particular misunderstanding.',
      ],
      [
        'e2',
        'What is there, and one next step put as a question. Each fits the card list rather than earlier feedback.',
      ],
      ['e2', 'It carries over to a new story, a child says why, and one gives feedback to another.'],
    ],
  ),
  exemplar(
    'ff-12',
    'reserve',
    'Reading sources against each other, grade 11 history',
    [
      [
        'Lesson plan excerpt',
        'Goal, on the handout: evaluate the reliability of sources about the 1919 steel strike. Students are asked to be thorough and to use academic language. Homework is a two-page comparison of a mill owner’s letter and a union newspaper. I collect the papers on Friday and grade them over the next two weeks with the department rubric, which students may ask to see. The unit test falls before the papers come back, but the same skill is used again in the spring.',
      ],
      [
        'Student work with feedback',
        'Two papers. “You point out that the owner writes to his shareholders: that is the sourcing we look for. Next: say which of his claims this makes you doubt, and quote it.” “You compare the tone of both fairly. Next: one sentence on what the newspaper had no way of knowing on that day.” Each has one such note and a rubric row circled. The first has a new paragraph stapled on with the quotation in it. The second has a question mark written beside the note in pencil, and no change.',
      ],
      [
        'Reflection excerpt',
        'I limited myself to one next step a paper, following the department’s reading on feedback, and it was easier to write. When I handed the papers back I told students that I would accept additions until Wednesday, and gave the last five minutes of class for questions. Some used it well. I did not read the additions yet, because by then we were well into the next unit, but I will do so before report cards.',
      ],
    ],
    [2, 2, 3, 2],
    [
      [2, 2, 3, 2],
      [2, 2, 3, 2],
      [2, 1, 3, 2],
    ],
    [
      ['e1', 'The goal is given, criteria are “thorough” and a rubric that one may ask to see.'],
      ['e1', 'Papers do show thinking, but they come back after the unit test, too late to be used.'],
      ['e2', 'Real strength, a criterion of sourcing, and one step on both papers.'],
      ['e3', 'Five minutes and an invitation: one of two revised, and nobody has looked again.'],
    ],
  ),
  exemplar(
    'ff-13',
    'reserve',
    'Solving equations on whiteboards, Algebra 1',
    [
      [
        'Lesson plan excerpt',
        'Section 2.4, solving equations with variables on both sides. Do problems 1 to 20. First I show two examples. Then whiteboards: all students solve 5x + 3 = 2x + 15 and write beside each line what they did and why. Boards up on my signal; I photograph the room. I sort the photographs at lunch by the line on which things go wrong. Afternoon class: begin with the three most frequent boards, names cut off.',
      ],
      [
        'Student work with feedback',
        'Three photographs of boards. On the first, 2x was subtracted on one side only; beside it a note, “careful with your steps!” On the second the answer is right and the reasons are missing: “good, but explain”. On the third both sides were divided before the constants were moved: “this is a harder way, try the way I showed you.” A sheet of twelve further problems is clipped behind, with the worked solutions of the textbook copied on to it in all three cases.',
      ],
      [
        'Reflection excerpt',
        'From the photographs I counted 10 who treat the two sides separately, 5 who lose the sign, and 14 who were fine. We began the afternoon with those boards and the class found the slips. I then gave the practice sheet with solutions so that students could correct themselves. Most sheets were complete. On Friday’s quiz I saw the one-sided subtraction again in about the same number of papers, so some of the correcting must have been copying.',
      ],
    ],
    [1, 3, 2, 2],
    [
      [1, 3, 2, 2],
      [1, 3, 2, 1],
      [1, 3, 2, 2],
    ],
    [
      ['e1', 'A section number and problems to do; neither goal nor criteria reach the students.'],
      ['e3', 'Every student’s reasons are seen in time, sorted into named patterns, and used the same day.'],
      [
        'e2',
        'The notes look at the work but are general; “the way I showed you” is not a next step in the student’s thinking.',
      ],
      ['e2', 'Correcting is copying from solutions; the quiz shows that it did not take.'],
    ],
  ),
  exemplar(
    'ff-14',
    'reserve',
    'Reading conferences on theme, grade 8',
    [
      [
        'Lesson plan excerpt',
        'Last week the class ranked eight statements of theme from weak to strong and wrote our ladder: a word, a message, a message that the whole book argues about. It hangs on the wall, and students have added two rungs since. Today all answer one card, written to catch the plot-for-theme slip: “A reader says the theme of this story is that a boy loses his boat. What would you say to her?” I sort the cards while they read, and meet first those who agree with her.',
      ],
      [
        'Student work with feedback',
        'Notes of three conferences with the reading journals. “In October you stopped at one word. Now you have a message: second rung. Where does the book argue against it?” “You found the boat on four pages. What does he want each time he is in it?” “You say hope. Read me the page that would disagree with you.” Each journal has a new entry after the conference with a page number and a changed statement, and my initials from a week later.',
      ],
      [
        'Reflection excerpt',
        'Seven cards agreed with the reader, eleven named a topic, nine had a message. I changed the order of my conferences and, for the seven, put away the novel and used a picture book, because it was the length that hid the pattern. I keep the journals open at the last conference while we talk. Every entry changed. I have asked for a statement on the next book, but it is only half read; so I cannot yet say whether the ladder travels.',
      ],
    ],
    [4, 4, 4, 3],
    [
      [4, 4, 4, 3],
      [4, 4, 4, 3],
      [4, 4, 4, 4],
    ],
    [
      ['e1', 'The ladder was made by ranking samples and students have added rungs to it.'],
      [
        'e1',
        'One card for one slip, everyone’s answer sorted, and teaching changed for the seven, with the reason.',
      ],
      ['e2', 'Questions fitted to each reader’s thinking, with a look back to October.'],
      ['e3', 'Each journal is revised and looked at again, but transfer to a new book is not shown yet.'],
    ],
  ),
  exemplar(
    'ff-15',
    'reserve',
    'Dynamics in a march, grade 6 band',
    [
      [
        'Lesson plan excerpt',
        'On the board: “Today: play the march musically.” We talk about why dynamics make music exciting. Full band from the top, stop and fix, then sections. The concert is in two weeks, so the aim is to get through the whole piece. At the end I ask who feels that it is getting better. I can hear from the podium how the sections are doing. Homework: practise letters C to E for fifteen minutes and have a parent sign the card.',
      ],
      [
        'Student work with feedback',
        'Recordings and marked parts of two players. Written on one part at letter D: “softer!!” and on the other “more contrast, watch the slurs, better breath.” The director’s words on the recording: “Clarinets, that was too loud, think about where the melody is.” They play again from D and it is softer. He says: “Better. Did you hear the flutes now? Mark it.” Both players draw a hairpin at D. In the recording of the next rehearsal, D is played softly by both from the start, and he goes over to look at their parts.',
      ],
    ],
    [2, 1, 2, 3],
    [
      [2, 1, 2, 3],
      [2, 1, 2, 3],
      [2, 2, 2, 3],
    ],
    [
      ['e1', 'An aim is on the board, but “musically” is all that is said about quality.'],
      ['e1', 'A general impression from the podium, and asking who feels that it is better.'],
      [
        'e2',
        '“Softer!!” and a list of three; the spoken hint about the melody is better but is for the whole section.',
      ],
      [
        'e2',
        'They play again at once, both mark and keep the change, and the director looks at it in the next rehearsal.',
      ],
    ],
  ),
  exemplar(
    'ff-16',
    'practice',
    'Measuring angles, grade 4',
    [
      [
        'Lesson plan excerpt',
        'I can measure an angle and tell whether my answer makes sense. Criteria: centre of the protractor on the corner, one arm on zero, and an estimate first (more or less than a square corner). The class holds the three against a sample with an impossible answer, 130 degrees for a sharp corner, and says which one was missed. Then everyone measures four angles, writing the estimate first. In the middle of the lesson I collect these slips, and sort them during the music lesson.',
      ],
      [
        'Student work with feedback',
        'Three slips with four angles each. Notes: “Check your protractor again.” “Almost! Look at number 3.” “Nice estimates. Measure more carefully.” Numbers 3 and 4 are wrong in the same way on the first two slips: the outer scale was read instead of the inner, although the written estimate says “less”. The slips are glued into the math journals. The page opposite is for the next topic, lines of symmetry.',
      ],
      [
        'Reflection excerpt',
        'Half of the class read the wrong scale even though their estimate was right, and five did not put the arm on zero; I know exactly who. When I taught the afternoon group I began with the two scales and it went much better. The morning group will meet angles again in the spring review, so I let it rest. I am happy that estimates are becoming a habit. The slips took me twenty minutes to comment on.',
      ],
    ],
    [3, 3, 2, 1],
    [
      [3, 3, 2, 1],
      [3, 3, 2, 1],
      [3, 3, 2, 1],
    ],
    [
      ['e1', 'Three usable criteria, applied by students to a sample with an impossible answer.'],
      ['e3', 'Every student’s estimate and measure are seen in mid-lesson and two patterns are named.'],
      [
        'e2',
        'The notes say that something is wrong and not what to look at, though the estimate on the slip would show it.',
      ],
      ['e2', 'The slips are glued in, and the next page is another topic.'],
    ],
  ),
  exemplar(
    'ff-17',
    'practice',
    'Tidying up code together, grade 11 computer science',
    [
      [
        'Lesson plan excerpt',
        'Students ranked four programs that all work by how easily a stranger could change them, and wrote the review checklist in our repository: names say what, one job for each function, a test fails if I break it. Two pull requests by students have changed the checklist this month. Everyone submits a small program on Tuesday. I read all of them that day for one thing that I named beforehand, functions that do two jobs, and the pairs for Wednesday follow from what I find.',
      ],
      [
        'Student work with feedback',
        'Two review threads. “Your names let me read this aloud. Two weeks ago you asked when to split a function: what would a test of line 14 have to set up?” Reply: “Both the file and the total, so it’s two jobs. Splitting.” The commit follows. In the other: “Break line 30 on purpose. Which test notices?” Reply: “None! Wrote one.” In next week’s project both authors have split their functions and tested them without a prompt, and each has left a review for somebody else that quotes the checklist.',
      ],
      [
        'Reflection excerpt',
        'Fourteen of 25 programs had a function with two jobs, most often reading a file and computing. I kept the lesson on recursion for later and used those fourteen in pairs with the eleven. My reviews are questions, one for each program; the threads show what I asked before, so I can build on it. The students’ retrospectives say what they changed and why, and name a next goal. What I would do differently: I only looked for one thing, and I missed that some tests were copied.',
      ],
    ],
    [4, 3, 4, 4],
    [
      [4, 3, 4, 4],
      [4, 3, 4, 4],
      [4, 4, 4, 4],
    ],
    [
      ['e1', 'The checklist is the students’ and they change it and quote it unasked.'],
      [
        'e3',
        'All programs are read for a named pattern and the pairs follow from it. The task itself was not designed to bring it out.',
      ],
      ['e2', 'One question each, no bigger than needed, tied to what the student asked two weeks earlier.'],
      ['e2', 'It holds in the next project, students say why, and they review each other.'],
    ],
  ),
  exemplar(
    'ff-18',
    'seed',
    'Topic sentences in reports, grade 5 with newcomers',
    [
      [
        'Lesson plan excerpt',
        'Language goal: I can write a topic sentence. It is written in English and Spanish on the board and students repeat it. “Make it a strong one!” Sentence frames are on each table. In minute 25 everyone writes a topic sentence for the same three facts about otters on a strip and, underneath, why it fits the facts; newcomers may write the reason in their first language. I lay the strips out on the floor by what they do: name the animal, name one fact, or cover all three.',
      ],
      [
        'Student work with feedback',
        'Three strips with notes on sticky paper. “Your sentence is about otters, as it should be. Next: find a word that covers eating, swimming and sleeping.” “You covered two facts in good English. Next: read fact 3 again and stretch your sentence.” “All three are inside. Next: write one for the beaver facts.” On the back of each strip is a second sentence that does what the note says. The teacher has dated each of them on the following day.',
      ],
      [
        'Reflection excerpt',
        'On the floor I had 7 that name the animal, 10 with one fact, 8 that cover all. I spoke with the seven as a group and gave them the word “life” to play with. The next morning began with twelve minutes for the backs of the strips. I read them all at lunch. What I had not made clear was what “strong” meant: when I asked two students they said “long”. Next time I will show two sentences and let them find the difference.',
      ],
    ],
    [2, 3, 3, 3],
    [
      [2, 3, 3, 3],
      [2, 3, 3, 3],
      [2, 3, 3, 3],
    ],
    [
      ['e3', 'A goal in two languages, but “strong” was never shown; students took it to mean long.'],
      [
        'e1',
        'A strip with a reason from everyone, in any language, sorted into three named patterns in time.',
      ],
      ['e2', 'Each note has a strength and one step that the student can take.'],
      ['e2', 'Time is set aside, every strip is revised, and the teacher looked at them the next day.'],
    ],
  ),
] as const;
