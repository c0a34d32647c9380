import { Component, type ReactNode } from 'react';
import { ProblemNote } from './problem-note.tsx';

interface Held {
  readonly error: unknown;
}

/** Shows what broke instead of an empty page. React offers this by class only. */
export class ErrorFrame extends Component<{ readonly children: ReactNode }, Held> {
  override state: Held = { error: undefined };

  static getDerivedStateFromError(error: unknown): Held {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children;
    return <ProblemNote error={this.state.error} onRetry={() => this.setState({ error: undefined })} />;
  }
}
