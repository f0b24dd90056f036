import { Component, type ReactNode } from 'react';
import { Empty } from '../components/Notice';
import { say } from '../i18n/i18n';
import { text } from './text';

/** A page that fails says so and leaves the rest usable. */
export class Boundary extends Component<{ children: ReactNode }, { error?: Error }> {
  override state: { error?: Error } = {};

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    return error === undefined ? this.props.children : (
      <Empty icon="warn" title={say(text, 'brokenPage')} actions={<button type="button" className="button" onClick={() => window.location.reload()}>{say(text, 'reload')}</button>}>
        {say(text, 'brokenPageText')}<br /><code>{error.message}</code>
      </Empty>
    );
  }
}
