import { exemplar } from './types.js';

/** Exemplars of "Inclusive classroom discussion", made up by us: criteria in the order norms, question, equity of voice, building. */
export const inclusiveDiscussionExemplars1 = [
  exemplar(
    'id-01',
    'form',
    'Was it right to keep the secret? A novel in grade 5',
    [
      [
        'Lesson plan excerpt',
        'Question: Was the girl right to keep her brother’s secret? Find two places in chapters 9 to 12 that a person who disagrees would have to explain. Norms, taught in September and read again today: look at the speaker, say whose idea you answer, disagree with the idea. Four minutes to write, three with a partner, then the circle. Sentence starters in English and Somali lie on the floor. Follow-ups: What in the book makes you say so? Who sees that page another way? Could both be true?',
      ],
      [
        'Discussion excerpt',
        'S3: She was right, on page 88 he is shaking. S11: I don’t agree with you, because on 91 she is shaking too, and she’s the one who keeps it. Teacher: So S11 says that the secret hurts her as well. Who can put those two pages together? S7: Maybe she was right at the start and then it got wrong. S3: So it depends on when. Teacher: What in the book tells us when? S19, from a note: “when the teacher asks and she lies”. Four others nod, and one finds the line.',
      ],
      [
        'Reflection excerpt',
        'My map of the circle shows 21 of 26 who spoke, after eleven last month. The change I made was the writing first, and asking “whom have we not heard, and would you like to read your note?” Two of the five who did not speak are new to English; they read from their notes with a partner in the second discussion. The best moment was when one student moved from “right” to “it depends on when”, and others took that up. I still say the link between ideas more often than they do.',
      ],
    ],
    [3, 3, 3, 3],
    [
      [3, 3, 3, 3],
      [3, 3, 3, 3],
      [3, 3, 4, 3],
    ],
    [
      [
        'e1',
        'Norms are taught and returned to, everybody prepares, and there is support in two languages; the teacher’s norms, not shaped by students.',
      ],
      [
        'e1',
        'Defensible on both sides and needs the chapters; follow-ups press for reasons. Not built on what these students had said.',
      ],
      ['e3', 'A map, a change made because of it, and 21 of 26 with something of substance.'],
      ['e2', 'Students answer each other with pages and an idea deepens, prompted by the teacher’s linking.'],
    ],
  ),
  exemplar(
    'id-02',
    'form',
    'Review of the Constitution, grade 8',
    [
      [
        'Lesson plan excerpt',
        'Discussion (20 minutes): review chapter 7. Questions: How many branches of government are there? Who can veto a bill? What is the supreme law of the land? Name two checks and balances. Rules: raise your hand, one person at a time, no calling out, be respectful. Students who answer correctly earn a point for their row, and the row with most points leaves first. Any time that remains is for finishing the study guide, which is due on Monday.',
      ],
      [
        'Discussion excerpt',
        'Teacher: Who can veto a bill? S2: The president. Teacher: Good. And who can override it? S2: Congress. Teacher: With what? S5: Two thirds. Teacher: Right. What is the supreme law of the land? S2: The Constitution. Teacher: Excellent. Somebody else this time, name a check. (Two seconds.) S5: The veto. Teacher: We had that one. S2: Judges can say that a law is unconstitutional. Teacher: Perfect, point for row three.',
      ],
      [
        'Reflection excerpt',
        'It was a lively discussion and the students were engaged because of the competition. The same few usually answer, but that is the nature of this class: some are talkers and some are shy, and I do not want to embarrass anybody. I was pleased with how many facts they remembered. In the next review I may use the online game, so that everybody can buzz in from the tablet and the points are counted for me.',
      ],
    ],
    [1, 1, 1, 1],
    [
      [1, 1, 1, 1],
      [1, 1, 1, 1],
      [2, 1, 1, 1],
    ],
    [
      ['e1', 'Rules of behaviour, and talk for those who raise a hand.'],
      ['e1', 'Recall with one expected answer.'],
      ['e3', 'Two students carry the talk, there is no record, and silence is put down to shyness.'],
      ['e2', 'Every answer goes to the teacher, who judges it and moves on.'],
    ],
  ),
  exemplar(
    'id-03',
    'form',
    'A wind farm on the ridge, grade 10 environmental science',
    [
      [
        'Lesson plan excerpt',
        'The question was made from Monday’s notes, in which half of the class wrote “clean so build it” and five wrote “eagles”: Under what conditions, if any, would you build on the ridge? Each claim names a row of the bird survey, the wind table or the cost sheet. Norms are the class’s own; last week they added “say what would change your mind”, and the two students who keep them today sit by the door. Quiet start for all; frames for the three newcomers only at the first table this time.',
      ],
      [
        'Discussion excerpt',
        'S8: I’d build on the west end, row 4 has the fewest nests. S14: Adding to S8, but row 4 was counted in winter, so are they even there? S21: That’s a good catch. Then the survey doesn’t decide it. S8: OK, I take back the west end until we have a spring count. S2: Can I ask something? Who pays when it’s wrong? (Norm keeper: new question, do we take it?) S14: Yes, because the cost sheet has nothing on that. Teacher: Take two minutes with the sheet and S2’s question.',
      ],
      [
        'Reflection excerpt',
        'The tally by kind shows 24 of 28 who made a claim or a challenge, and wait time of five seconds that I hold with a stopwatch. After the first round I saw that all of the challenges came from four students; I gave everybody a challenge card for round two and eleven used one. I did not look at it by language group, although I had the numbers. What pleased me is that students could say afterwards how they had moved: nineteen wrote “I used to think … now”.',
      ],
    ],
    [4, 4, 3, 4],
    [
      [4, 4, 3, 4],
      [4, 4, 3, 4],
      [4, 4, 4, 4],
    ],
    [
      ['e1', 'The class shapes and keeps its norms; frames are being faded for named learners.'],
      ['e1', 'Built on Monday’s notes, and a student’s question is taken up by the class.'],
      [
        'e3',
        'A record by kind and a change that moved it; not looked at by groups of learners and not watched by students.',
      ],
      [
        'e2',
        'Students challenge, credit and revise over several turns without the teacher, and later say how they moved.',
      ],
    ],
  ),
  exemplar(
    'id-04',
    'form',
    'Should the river be dammed? Grade 6 geography',
    [
      [
        'Lesson plan excerpt',
        'Students have read a map, a farmer’s letter and a table of floods. Question: Should the river be dammed above the town? Use at least two of the sources, and say what the other side’s best source is. Follow-ups: Which number supports that? What would the farmer say? Who loses? We use turn-and-talk for a minute and then share with the whole class. The talk norms poster is on the side wall. The four students in the resource program work on the vocabulary sheet with the aide during this time.',
      ],
      [
        'Discussion excerpt',
        'S1: I say yes because of the floods. Teacher: Which number? S1: Eleven floods in thirty years. S6: I agree with S1, there are many floods. S9: I agree too. Teacher: Let me connect that with the farmer’s letter. He would lose his fields, so there is a cost, right? S9: Yes. S12: Maybe make it smaller. Teacher: A smaller dam, so that fewer fields are lost, that is a compromise between both. Any other ideas? S6: I agree with smaller.',
      ],
      [
        'Reflection excerpt',
        'I put a tick for each hand: 13 of 29 had at least one, which is about what I usually see in this class. The boys at the back were quieter than last time. Turn-and-talk worked for most pairs, though a few finished in ten seconds and some talked about the game. The question was a good one, because nobody could settle it with a single source. I plan to do another such discussion in the unit on cities.',
      ],
    ],
    [2, 3, 2, 2],
    [
      [2, 3, 2, 2],
      [2, 3, 2, 2],
      [2, 3, 2, 2],
    ],
    [
      [
        'e1',
        'A structure and a poster, but not taught or returned to, and four students are somewhere else.',
      ],
      ['e1', 'Open, needs several sources, with follow-ups that press for evidence.'],
      ['e3', 'Hands are ticked and nothing is changed; half of the class stays on the edge.'],
      ['e2', 'Agreement and repetition; the teacher makes the links and the compromise.'],
    ],
  ),
  exemplar(
    'id-05',
    'form',
    'Is this fair? Sharing books in grade 3',
    [
      [
        'Lesson plan excerpt',
        'Talk circle with the talking stone. Our three promises, practised all month with role play: I wait, I say the name of the person I answer, I may pass once and then I will be asked again. Everyone draws first. Picture cards for students who point rather than speak. Question: In the story, was it fair that the bear kept all the books? If the talk slows: Has something like that happened to you? Who thinks that it was not nice? What should people do who have a lot?',
      ],
      [
        'Discussion excerpt',
        'S4: Not fair, he had like a hundred. Teacher: Do you agree, S10? S10: Yes, I agree with S4, not fair. S15: My cousin has a hundred cars and he doesn’t share. Teacher: Oh, how did that feel? S15: Bad. S2: My sister too. (Five more stories from home.) Teacher: So we think that sharing is important. S18 points at the card with the sad face. Teacher: S18 is showing us that the others are sad. Thank you. Who else has a story?',
      ],
      [
        'Reflection excerpt',
        'With the stone and the drawings, 19 of 22 said or showed something, and the record sheet has a word about what each of them said. I moved the three who had only passed last time next to a partner, and two of them spoke. I did notice that after a while we were far away from the bear, and nobody had gone back to the page where he says why he keeps the books. The children liked each other’s stories and were kind about them.',
      ],
    ],
    [3, 2, 3, 2],
    [
      [3, 2, 3, 2],
      [3, 2, 3, 2],
      [3, 2, 3, 1],
    ],
    [
      ['e1', 'Promises are practised, all prepare by drawing, and there are cards for those who point.'],
      ['e1', 'The first question is open; the follow-ups lead to opinion and stories that need no page.'],
      ['e3', 'A record with the kind of contribution, acted on by seating, and nearly all contribute.'],
      ['e2', 'Mostly agreeing and parallel stories; no idea moves.'],
    ],
  ),
  exemplar(
    'id-06',
    'form',
    'Which graph tells the story? Grade 7 mathematics with multilingual learners',
    [
      [
        'Lesson plan excerpt',
        'Two graphs could both be the bus ride. Which one tells the story better, and what would you change in the story so that the other one fits? Norms were drafted by the class in four languages; on Fridays a pair reports which one we forgot. Small groups are built on purpose: two who share a home language and one who does not. Word wall for steep, flat, constant. Groups that no longer need the frames have given them back. Follow-ups: Where on the graph do you see that? Would it also be true at minute 6?',
      ],
      [
        'Discussion excerpt',
        'S5, in Spanish, to S13; S13: S5 says that the flat part is the traffic light. S20: Why not the end, when he has got off? Teacher: Where on the graph would you see the difference? S5: After flat it goes again. S20: Oh, so it’s a light, he’s not there yet. Teacher: Say S5’s reason in your own words, S9. S9: Because if he got off, it would stay flat. S13: Then graph B is wrong, it ends flat too early.',
      ],
      [
        'Reflection excerpt',
        'The record has three columns: said, showed, translated, and a mark for the language group. In September Spanish speakers “showed” three times as often as they “said”. Since the mixed trios began, said and showed are even (17 and 16 today), and two students now keep the sheet and tell us at the end what they see. The question about the other graph was mine, not from them, and I held on to the follow-ups. Revisions came mostly when I asked somebody to restate.',
      ],
    ],
    [4, 3, 4, 3],
    [
      [4, 3, 4, 3],
      [4, 3, 4, 3],
      [3, 3, 4, 3],
    ],
    [
      [
        'e1',
        'Norms by the class in its languages, groups chosen for particular learners, frames handed back.',
      ],
      [
        'e1',
        'Two answers can be defended from the graph, with follow-ups that keep to it; not built on the students’ own thoughts.',
      ],
      ['e3', 'Kinds of contribution by language group, a pattern shown to move, and students watch it.'],
      ['e2', 'They respond with reasons and one changes his mind, mainly when prompted to restate.'],
    ],
  ),
  exemplar(
    'id-07',
    'form',
    'Does Gatsby deserve pity? Grade 11 literature',
    [
      [
        'Lesson plan excerpt',
        'Open seminar, 40 minutes, no preparation, so that talk stays spontaneous. Question: Does Gatsby deserve our pity at the end? Support from chapter 9 is expected, and one may argue either way. Follow-ups: Does Nick’s pity count as evidence? What would the Wilsons say? Can you pity somebody and still blame him? Seats in rows. I participate as an equal and reply to what is said. Participation is a grade: those who speak get the points.',
      ],
      [
        'Discussion excerpt',
        'S1: Nobody comes to the funeral, so yes. Teacher: True, although Nick has his own reasons for telling us that. S1: But it’s a fact that nobody comes. S4: He did it to himself, in chapter 8 he’s still waiting for her call. Teacher: I would go further, he never stops. S1: To S4, he waits because he believes in it. S4: OK, but that’s blame, not pity. Teacher: I find both in Fitzgerald. Remember the green light too. S1: Yes, the green light.',
      ],
      [
        'Reflection excerpt',
        'A high-level conversation; two or three of my strongest readers were brilliant. The others seemed to be listening, and some took notes. I do not keep track of who speaks, because it would make the talk artificial, and I can see anyway who is a seminar person and who is not. I talked perhaps a third of the time myself, which I think models how an adult reader responds. The question worked, and no one gave the same reading twice.',
      ],
    ],
    [1, 3, 1, 2],
    [
      [1, 3, 1, 2],
      [1, 3, 1, 2],
      [1, 3, 1, 2],
    ],
    [
      ['e1', 'No norms, no preparation; those who want to speak do, for points.'],
      ['e1', 'Open, needs chapter 9, and the follow-ups press for distinctions.'],
      ['e3', 'Two or three carry it, no record is kept, and the rest are “not seminar people”.'],
      ['e2', 'Two students do answer each other, but most links and judgements are the teacher’s.'],
    ],
  ),
  exemplar(
    'id-08',
    'form',
    'Three ways to 18 × 5, a number talk in grade 4',
    [
      [
        'Lesson plan excerpt',
        'Yesterday three ways to 16 × 5 came up, and one student wondered whether halving and doubling always works. That is our question: does it always work, and how could we be sure? Fist to chest and fingers for the number of ways, so that nobody is rushed; partner talk before anyone speaks to all. Hand signs for “I agree”, “I see it differently” and “can you say it again” were taught in the first weeks and are used every day. Counters and grid paper are for everybody, not for some.',
      ],
      [
        'Discussion excerpt',
        'S6: 9 times 10, because half of 18 and double 5. S17: I see it differently, what about 7 times 5? You can’t halve 7. S6: You can, it’s three and a half. S17: Then 3 and a half times 10 is 35. It works! S22: It’s S17’s idea, but on my grid you just cut it and move the piece, so it has to work. S6: So it’s not halving, it’s moving. Teacher: Write down the sentence that you believe now. S10: Would it work with thirds? S22: Ooh, try it.',
      ],
      [
        'Reflection excerpt',
        'I tick who shared aloud, who used a sign, and who explained to a partner. 23 of 25 explained to a partner and 14 aloud. After looking at last week’s ticks I began to ask partners to tell the other’s way, and six students were heard for the first time by the whole class, through somebody else. I would like them to tell it themselves. The question was theirs, and they took it further than I had planned; we try thirds tomorrow.',
      ],
    ],
    [3, 4, 3, 4],
    [
      [3, 4, 3, 4],
      [3, 4, 3, 4],
      [3, 4, 3, 3],
    ],
    [
      [
        'e1',
        'Signs are taught and used, all have time, partner and tools; the structures are the teacher’s.',
      ],
      ['e1', 'The question comes from a student’s wondering, and a new one is taken up.'],
      [
        'e3',
        'A record of kinds of talk leads to a change, and six more are heard; groups of learners are not looked at.',
      ],
      ['e2', 'Several turns without the teacher, credited and revised: from halving to moving a piece.'],
    ],
  ),
  exemplar(
    'id-09',
    'form',
    'Curfew for teenagers, grade 9 civics',
    [
      [
        'Lesson plan excerpt',
        'Warm-up: what is a curfew? Discussion: Is a curfew at 10 p.m. a good idea for our town? What do you think about it? Would you obey it? Students have a one-page article. We do four corners (strongly agree to strongly disagree). Norm: respect all opinions. I have not had the time to go over norms since the fall. Follow-ups: How would you feel if you were stopped? Is it fair? Does your family have a rule like that?',
      ],
      [
        'Discussion excerpt',
        'S16: I’m in disagree, because I work until 9:45. S3: That’s a reason that I didn’t think of. So maybe with exceptions for work? S16: Then who checks? S25: The police, and they don’t stop everybody the same. S3: I’m moving to disagree because of what S16 and S25 said. Teacher: S3 moved. Who hears a reason that the agree side must answer? S11: Safety. My mother would say safety. S25: But does it make it safer? Nobody has said how.',
      ],
      [
        'Reflection excerpt',
        'Three students keep a chart of who speaks and of what kind (new idea, reply, question), with a dot for each of the four feeder neighborhoods, because in October three out of four replies came from one of them. Since then a student from each corner speaks first, replies are invited from the corner that has said least, and the chart that the students presented today shows 27 of 30 with a voice, and replies spread evenly. Next time I want a source with figures, as nobody had any.',
      ],
    ],
    [2, 2, 4, 3],
    [
      [2, 2, 4, 3],
      [2, 2, 4, 3],
      [2, 2, 3, 3],
    ],
    [
      ['e1', 'Four corners and a norm that is not gone over; no preparation.'],
      ['e1', 'An open question, but follow-ups ask for feelings and nothing needs the article.'],
      ['e3', 'Kinds and groups are charted by students, and a change is shown to have evened them out.'],
      ['e2', 'Students answer with reasons and one moves, with a prompt by the teacher.'],
    ],
  ),
] as const;
