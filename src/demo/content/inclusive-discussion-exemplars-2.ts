import { exemplar } from './types.js';

/** Exemplars of "Inclusive classroom discussion", made up by us: criteria in the order norms, question, equity of voice, building. */
export const inclusiveDiscussionExemplars2 = [
  exemplar(
    'id-10',
    'form',
    'Rent control, grade 12 economics',
    [
      [
        'Lesson plan excerpt',
        'Question: Would rent control help the renters in our two cases? Both the shortage graph and the tenant survey are needed, and economists disagree. Follow-ups: What does your graph assume? Which renters? Over what time? Norms were taught in week one by looking at a clip, and each student picks one to watch today. Everybody fills in a prediction with a reason first; those who prefer it may hand the reason to me to read out. Glossary with pictures for students who are learning English.',
      ],
      [
        'Discussion excerpt',
        'Teacher: Which renters does your graph help? S2: The ones who already have a place. Teacher: Correct. What does it assume? S2: That supply can move. Teacher: Good, in the long run. S7: Quality goes down. Teacher: Yes, that is the next point on my list. What does the survey add? S2: That people stay. Teacher: Exactly. Which means lower turnover. S13: Less maintenance. Teacher: Right, as S7 said. Let us go to the second case.',
      ],
      [
        'Reflection excerpt',
        'Out of 26 students nine spoke, four of them often; I counted from the recording. The written predictions were good, and I read five of them out. I was surprised that the talk became question and answer again, given the preparation. I had my list of points in my hand and probably steered towards it. I did not change anything in the second discussion, since there was a fire drill and we had only fifteen minutes.',
      ],
    ],
    [3, 3, 2, 1],
    [
      [3, 3, 2, 1],
      [3, 3, 2, 1],
      [3, 3, 2, 2],
    ],
    [
      [
        'e1',
        'Norms are taught and watched; everybody prepares, with a way in for those who do not speak and language support.',
      ],
      ['e1', 'Two sources pull apart and follow-ups ask for assumptions.'],
      ['e3', 'A count from the recording, and no change because of it; most stay on the edge.'],
      ['e2', 'Each answer goes to the teacher, who says correct and moves on.'],
    ],
  ),
  exemplar(
    'id-11',
    'reserve',
    'What does the snail need? Science talk in grade 1',
    [
      [
        'Lesson plan excerpt',
        'On the rug with our snails in trays. Question: Does a snail need dark, or does it need wet? Look again before you say. We have tried both trays since Monday, and the drawings on the wall do not agree. Talk moves that we practise with puppets: I noticed, I want to add, I’m not sure. Each child tells a knee partner first. Two children use picture buttons that say the moves. If it stops: How could the trays tell us? Who saw something else?',
      ],
      [
        'Discussion excerpt',
        'S5: Dark, because they went under the leaf. S12 (button: “I want to add”) points at the leaf and then at the water on it. Teacher: S12 wants to add something about the leaf. What do you see? S9: It’s wet under there! S5: So it’s dark and wet, we don’t know which. Teacher: Can somebody say what S5 is unsure about? S14: If they like the wet or the dark. S5: We need a leaf that’s dry.',
      ],
      [
        'Reflection excerpt',
        'The clip chart has a peg for telling, for adding and for showing. In the first weeks no child who uses buttons or gets speech support had a peg for adding. I gave those five the first turn after partner time and taught the others to wait for the button; now all five have one, twice this week, and the peg helpers say at the end who has not added yet. The thought that wet and dark were tangled came from the children, though I asked them to restate it.',
      ],
    ],
    [3, 3, 4, 3],
    [
      [3, 3, 4, 3],
      [3, 3, 4, 3],
      [4, 3, 4, 3],
    ],
    [
      [
        'e1',
        'Moves are taught with puppets, partners first, picture buttons for two; the norms are the teacher’s.',
      ],
      [
        'e1',
        'The drawings disagree and the trays must be looked at; a planned question rather than one of theirs.',
      ],
      ['e3', 'Kinds of talk for a group of learners, a pattern shown to move, and children watch it.'],
      ['e2', 'An idea deepens from “dark” to “we do not know which”, prompted by restating.'],
    ],
  ),
  exemplar(
    'id-12',
    'reserve',
    'Sleep and screens, grade 7 health',
    [
      [
        'Lesson plan excerpt',
        'Video (6 minutes) about sleep. Discussion questions: How many hours does a teenager need? What does blue light do? Why is it a bad idea to have the phone in bed? Students talk in table groups for two minutes and one reporter answers for each table. Voice level 2 inside groups. A poster with “accountable talk” phrases came with the program and is by the clock. Tables that finish early may begin the sleep log.',
      ],
      [
        'Discussion excerpt',
        'Teacher: Table 1, why is it a bad idea? S3: Because of blue light. Teacher: Table 2? S8: We said the same as table 1. Teacher: Table 3, anything to add? S15: We agree with them, and it wakes you up when it buzzes. S3: Yes, mine does. Teacher: So blue light and buzzing. I want you to connect that with the video, where it said that the brain makes less melatonin. Table 4? S20: The same.',
      ],
      [
        'Reflection excerpt',
        'Every table reported, so all students were represented. When I filled in the tally afterwards, I noticed that the reporters were the same six as in the last two lessons and that only one of them is a girl, which is something to think about. The video was a good choice for this age. Not much discussion came up beyond the answers, but the answers were right and the sleep logs are coming in.',
      ],
    ],
    [2, 1, 2, 2],
    [
      [2, 1, 2, 2],
      [2, 1, 2, 1],
      [2, 1, 2, 2],
    ],
    [
      ['e1', 'Table talk and a poster, neither taught; most have no way in but through the reporter.'],
      ['e1', 'Answers are in the video, and “why is it a bad idea” expects one of them.'],
      ['e3', 'The tally shows who is left out, and nothing is changed.'],
      ['e2', 'One table agrees and adds a little; the teacher makes the connection.'],
    ],
  ),
  exemplar(
    'id-13',
    'reserve',
    'Zoos: for or against? A debate in grade 6',
    [
      [
        'Lesson plan excerpt',
        'Two teams, for and against zoos. Over three lessons we learned how to listen for a reason, note it, and answer it politely; students scored a sample debate with our list. Each team has prepared cards, with picture cards for two students and a quiet corner to rehearse. Motion: Zoos should be closed. After the opening speeches I ask: Do you like zoos? Who has been to one? Is it sad when an animal is in a cage? The audience votes.',
      ],
      [
        'Discussion excerpt',
        'S4: Our first reason is that animals are not free. S9: Our first reason is that zoos save species. S4: Our second reason is that cages are small. S9: Our second reason is that children learn. Teacher: Answer the other side’s reason. S4: We agree that children learn, but cages are small. S9: We disagree about the cages. Teacher: S9 means that modern zoos have bigger spaces. And the audience, do you like zoos? (Many: yes!)',
      ],
      [
        'Reflection excerpt',
        'S4 and S9 are natural speakers and it was right to give them the lead, since they read their team’s cards so well. The rest of the teams had written the cards and so they took part in that way. It was loud and everyone was excited. I did not write down who spoke. In the vote, zoos stayed open by three votes. Some of my quiet ones are just not debaters, but they clapped for their team.',
      ],
    ],
    [3, 2, 1, 2],
    [
      [3, 2, 1, 2],
      [2, 2, 1, 2],
      [3, 2, 1, 2],
    ],
    [
      ['e1', 'Answering politely is taught and practised, all prepare, and two have what they need.'],
      ['e1', 'The motion is open; the questions that follow drift to liking.'],
      ['e3', 'Two do the talking, nothing is recorded, and quiet is their character.'],
      ['e2', 'Sides take turns more than they answer; the teacher explains what one of them means.'],
    ],
  ),
  exemplar(
    'id-14',
    'reserve',
    'Whose monument? Grade 8 history',
    [
      [
        'Lesson plan excerpt',
        'After Tuesday’s exit slips (“take it down”, “it’s history, leave it”, and nine that asked who had paid for it) the question is theirs: Who gets to decide what stays in the square, and which of our six documents would you make the council read? The charter for talk was rewritten by the class in January after a discussion that hurt somebody; two guardians may call a pause. Newcomers choose between the fishbowl and the written channel. Fewer frames than in the fall, by their own wish.',
      ],
      [
        'Discussion excerpt',
        'S10: The council should read document 4, the donors’ list. S23: I see it like S10, but document 2 says that people who lived here could not vote then. S6, from the written channel: “so who decided then is not who should decide now”. Teacher: Who can answer S6? S10: That changes mine. Then 2 must come before 4. S17: I disagree, because without 4 nobody knows why it’s there. Teacher: What would show who is right? S23: Read them in both orders and see.',
      ],
      [
        'Reflection excerpt',
        'The watchers’ chart has claims, challenges and builds, by seat and by channel. In January challenges came from boys in nine cases of ten. With the written channel read out by a guardian every five minutes, it was fourteen to eleven today, and the watchers themselves proposed to read the channel first. The thread about the order of documents moved three positions. I prompted most of the turns into it, and next month I want to sit outside the circle.',
      ],
    ],
    [4, 4, 4, 3],
    [
      [4, 4, 4, 3],
      [4, 4, 4, 3],
      [4, 3, 4, 3],
    ],
    [
      [
        'e1',
        'The class rewrote and guards its charter; ways in are chosen for and by particular learners, support is faded.',
      ],
      ['e1', 'Made from exit slips, needs the documents, and follow-ups answer what was said.'],
      ['e3', 'Kinds of contribution by group, moved by a change, watched by students.'],
      ['e2', 'Reasons are answered and a position changes, but the teacher prompts most of it.'],
    ],
  ),
  exemplar(
    'id-15',
    'reserve',
    'Is zero even? Grade 6 mathematics',
    [
      [
        'Lesson plan excerpt',
        'Question: Is zero even, odd, or neither? You may use any of the three definitions of even that are in our books, and they do not all make it easy. Everyone writes for three minutes, then compares with a partner of another opinion. Norms for disagreeing are taught with sample sentences and come back in each Friday talk; cards with the sentences in Arabic and English. Follow-ups: Which definition did you use? Would it also make 1 even? What would have to be true for the other side?',
      ],
      [
        'Discussion excerpt',
        'S8: Neither, because it’s nothing. S14: By the sharing definition, I can share nothing between two, and each one gets nothing, fair. S8: But then it’s even and odd, since nothing is left over for anything. S21: No, S8, odd needs one left over, and there isn’t one. S8: Oh. Then S14 is right and I was thinking of prime. S3: What S21 said also works on the number line, it’s between two odds. S14: So three definitions, same answer. We should write that.',
      ],
      [
        'Reflection excerpt',
        'The seating map has lines from speaker to speaker. Eighteen of 24 spoke, and I noticed from last Friday’s map that the row by the window had no lines, so I moved the circle and waited longer before the second voice; four of its six spoke. I said almost nothing for six minutes. In the journals, students wrote whose idea changed theirs: S21 is named by seven. The question came from me. I would now like one that comes from the journals.',
      ],
    ],
    [3, 3, 3, 4],
    [
      [3, 3, 3, 4],
      [3, 3, 3, 4],
      [3, 3, 3, 4],
    ],
    [
      ['e1', 'Taught norms that come back, time and a partner for everybody, cards in two languages.'],
      ['e1', 'Definitions pull different ways and follow-ups press for them; it is the teacher’s question.'],
      ['e3', 'A map, a change because of it, and four more voices.'],
      [
        'e2',
        'They challenge, credit and revise for six minutes by themselves, and say whose idea moved them.',
      ],
    ],
  ),
  exemplar(
    'id-16',
    'practice',
    'Advice for the mayor, grade 4 social studies',
    [
      [
        'Lesson plan excerpt',
        'Question: The town has money for a library bus or for a bridge for bicycles. What do you advise, and which two facts from the fact cards would persuade somebody who wants the other? Follow-ups: Which card? Is that true for every street? What would the other side answer? We sit in a circle and a ball of yarn goes from speaker to speaker. The circle rules are new today, and I read them out. Students who go to the reading teacher come back for the last ten minutes.',
      ],
      [
        'Discussion excerpt',
        'S2: The bus, card 3 says that 40 children live far away. S13: I agree, the bus. S5: I agree with S2 too. Teacher: Somebody for the bridge? S19: The bridge, card 6, two accidents. Teacher: How could S2 answer S19? S2: Bus. Because of 40. Teacher: So 40 children against two accidents: you are weighing how many and how bad. S8: I agree with both. S11: The bridge is also for old people.',
      ],
      [
        'Reflection excerpt',
        'The yarn was a good record, and I took a picture of it: three children had no yarn, and those who came back late had only the edge of it. In the second circle I waited until the readers were there, gave each child a minute with the cards, and asked those without yarn to start. All 23 held it, and most of them named a card. They do not really answer each other yet. They wait for the yarn and then say what they had planned to say.',
      ],
    ],
    [2, 3, 3, 2],
    [
      [2, 3, 3, 2],
      [2, 3, 3, 2],
      [3, 3, 3, 2],
    ],
    [
      [
        'e1',
        'A structure, but the rules are only read out, there is no preparation at first, and some miss half of it.',
      ],
      ['e1', 'Two choices can be defended from the cards; follow-ups ask for cards and for the other side.'],
      ['e3', 'The yarn is a record, the second circle is changed because of it, and nearly all name a card.'],
      ['e2', 'Agreement in turns; the teacher weighs the two sides.'],
    ],
  ),
  exemplar(
    'id-17',
    'practice',
    'Should a robot have rights? Grade 9 philosophy club in advisory',
    [
      [
        'Lesson plan excerpt',
        'Students chose the text (two pages of a story about a household robot) and the ground rules, which open with “we can be wrong out loud”. A pair reminds the group of one of them each week, and today’s pair chose “credit before you correct”. Question: Is there something that the robot does on these pages that gives it a claim on the family? Settle it with lines from the story. Follow-ups are on my card: What makes that a claim? Would a dog have it? The two students who prefer to draw sit beside the board; one of them asked to speak today.',
      ],
      [
        'Discussion excerpt',
        'S7: Line 30, it asks not to be switched off, so it wants something. S1: I credit that it asks, but it was built to ask. S12: So were we, sort of. S7: Hm. Then asking isn’t enough. S15: What S1 said made me look at line 41: it hides the photo. Nobody built that. S1: OK, that is harder for me. I’d give it a claim to the photo, not to everything. S12: So a claim can be small. I had thought it was all or nothing.',
      ],
      [
        'Reflection excerpt',
        'I keep a simple log: who spoke, how many times, and one word for what they did. Fifteen of 18 spoke. After the first week’s log I began to ask for a second voice before the first one may come back, and the two students with the most turns fell from half of all turns to a fifth. I have not looked at groups, and I keep the log by myself. In the closing round everybody could say what had moved them, and four named the photo.',
      ],
    ],
    [4, 3, 3, 4],
    [
      [4, 3, 3, 4],
      [4, 3, 3, 4],
      [4, 4, 3, 4],
    ],
    [
      [
        'e1',
        'Students chose and guard the rules; seats and roles fit particular learners and change with them.',
      ],
      ['e1', 'Defensible both ways and tied to lines, with good follow-ups; it is the teacher’s question.'],
      [
        'e3',
        'A log, and a rule because of it that evened out the turns; not by groups, and not with students.',
      ],
      ['e2', 'Credit, challenge and revision over seven turns without the teacher.'],
    ],
  ),
  exemplar(
    'id-18',
    'seed',
    'Why did the bridge fail? Grade 8 engineering',
    [
      [
        'Lesson plan excerpt',
        'Our paper bridges failed at loads between 2 and 9 kilograms. Question: What made the difference, and what is your evidence that it was not something else? Photos and the load table are on each desk. Norms, practised on a recorded talk: point to the evidence, answer the last speaker first. Two minutes to mark the photos, then groups of three, then everybody. Labels in pictures and in three languages. Follow-ups: Which two bridges differ in that only? What would have to break first?',
      ],
      [
        'Discussion excerpt',
        'S3: Triangles. All over 6 kilos have triangles. S11: To answer you, number 5 has triangles and broke at 3. S3: Then not only triangles. Teacher: Which two bridges differ in that only? S11: 5 and 8. They’re the same, but 8 has doubled paper. S9: So the paper made it. S3: Or both, since 2 has doubled paper and no triangles, and it’s in the middle. Teacher: Say what we believe now. S11: It needs both, and 2 and 5 are why.',
      ],
      [
        'Reflection excerpt',
        'The talk was really about the evidence, and I only came in twice. From the recording I counted seven voices out of 27, almost all from the front tables; the three who use the picture labels did not speak before the whole class, although I heard good things in their groups. I wrote the count down for my portfolio. The second discussion, about the towers, went in the same way and with mostly the same voices, as I kept everything as it was.',
      ],
    ],
    [3, 3, 2, 3],
    [
      [3, 3, 2, 3],
      [3, 3, 2, 3],
      [3, 3, 2, 3],
    ],
    [
      [
        'e1',
        'Norms are practised on a recording, all prepare with photos and groups, labels in three languages.',
      ],
      [
        'e1',
        'Several explanations can be defended from the table, and follow-ups ask for the controlled comparison.',
      ],
      ['e3', 'A count of voices, nothing changed because of it, and the same seven in the second talk.'],
      ['e2', 'Students answer each other with evidence, and “triangles” becomes “both”, with two prompts.'],
    ],
  ),
] as const;
