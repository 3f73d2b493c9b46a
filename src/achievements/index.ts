export * from './achievement.js';
export * from './rubric.js';
