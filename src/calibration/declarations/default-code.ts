/** The code of conduct that a district starts with, in Markdown. Changing it makes another digest: say so in a release. */
export const defaultCodeText = `I rate work of colleagues, and a credential rests on what I sign. So I promise:

1. **Blind.** I rate what is in front of me. I do not try to find out whose work it is, nor what anybody else says of it.
   When I recognise the person, I give the work back.
2. **By the rubric.** Each level that I give rests on evidence that I have opened and can point at, and on the words of
   the rubric: not on sympathy, effort, other work, or what is usual at a school.
3. **Confidential.** What I see stays here. I do not copy, download, describe or show evidence to anybody, and I say nothing
   of a rating, mine or another's, outside the review.
4. **Children and colleagues.** I look at names, faces and voices only as far as rating needs it. Where something in
   exemplars or other de-identified work still says who it is, I stop and tell the lead.
5. **Conflicts.** I declare family, co-authors, people whom I mentor or who mentor me, money, and whatever else ties me to a
   person or a school; I keep that up to date, and I rate no work of theirs.
6. **Myself.** I rate by myself, signed in as myself. Nobody and no program rates for me, in part either, and I give
   nobody my key or my link.
7. **Honest.** I practise and qualify without help, say when I am not sure, and report it when something went wrong,
   my own mistakes first.
`;
