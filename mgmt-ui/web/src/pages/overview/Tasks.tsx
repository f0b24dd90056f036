import type { Schema } from '../../api/client';
import { Link } from '../../app/router';
import { Icon } from '../../components/Icon';
import { Card } from '../../components/Notice';
import { useText } from '../../i18n/i18n';
import { text } from './text';

const TASKS = {
  policy: ['taskPolicy', '/policy'],
  enforce: ['taskEnforce', '/policy'],
  'second-factor': ['taskSecondFactor', '/settings/account'],
  'second-administrator': ['taskSecondAdministrator', '/settings/users'],
  exports: ['taskExports', '/settings/exports'],
  certificate: ['taskCertificate', '/settings/server'],
} as const;

/** What is still to do before this can be left alone; it goes when all is done. */
export function Tasks({ tasks }: { tasks: Schema<'Task'>[] }) {
  const t = useText(text);
  const known = tasks.filter((task) => task.id in TASKS);
  return (
    <Card title={t('tasks')} aside={<span className="muted small num">{t('tasksDone', { done: known.filter((task) => task.done).length, all: known.length })}</span>}>
      <ul className="tasks">
        {known.map((task) => {
          const [words, to] = TASKS[task.id as keyof typeof TASKS];
          return (
            <li key={task.id} className={task.done ? 'done' : undefined}>
              <span className="task-mark">{task.done && <Icon name="check" size={12} />}</span>
              {task.done ? <span>{t(words)}</span> : <Link to={to}>{t(words)}</Link>}
              <span className="sr">{t(task.done ? 'taskDone' : 'taskOpen')}</span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
