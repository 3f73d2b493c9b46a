/** Where the publishers of the frameworks have them. */
export const intascUrl =
  'https://ccsso.org/resource-library/intasc-model-core-teaching-standards-and-learning-progressions-teachers-10';
export const danielsonUrl = 'https://danielsongroup.org/the-framework-for-teaching/';
export const nbptsUrl = 'https://www.nbpts.org/certification/five-core-propositions/';
