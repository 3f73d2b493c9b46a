export * from './district.js';
export * from './member.js';
export * from './permissions.js';
