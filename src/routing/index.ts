export { type RouteFollower, RouteFollowers } from './domain/route-followers.js';
export { type RouteQuestion, RouteReader } from './domain/routes.port.js';
export { RoutingModule } from './routing.module.js';
