import { Component, type ReactNode } from 'react';
import { BrokenNote } from './broken-note.tsx';

interface ErrorFrameProps {
  /** Where one is: what broke at one place is forgotten at the next. */
  readonly at?: string;
  readonly children: ReactNode;
}

interface Held {
  readonly error: unknown;
}

/** Shows what broke instead of an empty page. React offers this by class only. */
export class ErrorFrame extends Component<ErrorFrameProps, Held> {
  override state: Held = { error: undefined };

  static getDerivedStateFromError(error: unknown): Held {
    return { error };
  }

  override componentDidUpdate({ at }: ErrorFrameProps): void {
    if (at !== this.props.at && this.state.error !== undefined) this.setState({ error: undefined });
  }

  override render(): ReactNode {
    return this.state.error === undefined ? this.props.children : <BrokenNote error={this.state.error} />;
  }
}
