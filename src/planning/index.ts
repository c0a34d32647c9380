export { CreatePost } from './application/create-post.js';
export { RunPost } from './application/run-post.js';
export { PlanningModule } from './planning.module.js';
