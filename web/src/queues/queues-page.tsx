import { Route, Routes } from 'react-router';
import { EditQueue, NewQueue } from './queue-editor.tsx';
import { QueueList } from './queue-list.tsx';

export default function QueuesPage() {
  return (
    <Routes>
      <Route index element={<QueueList />} />
      <Route path="new" element={<NewQueue />} />
      <Route path=":id" element={<EditQueue />} />
    </Routes>
  );
}
