export type {
  DidAnswer,
  FetchFailure,
  Fetched,
  Outbound,
  Resolver,
  Standing,
  StandingAnswer,
  WantedResource,
} from './resolver.js';
