import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { readApprovalSearch } from '../approval/search.ts';
import { readInboxSearch } from '../inbox/search.ts';
import { readReportSearch } from '../report/words.ts';
import { readSettingsSearch } from '../settings/search.ts';
import { problemOf } from '../shared/api.ts';
import { meQuery, namesQuery, queryClient } from '../shared/queries.ts';
import { Failed, Loading } from '../shared/states.tsx';
import { readTrendsSearch } from '../trends/search.ts';
import { firstPages, pages } from './pages.ts';
import { LoginPage } from './routes/login.tsx';
import { NotFound } from './routes/not-found.tsx';
import { Frame } from './shell/frame.tsx';

const root = createRootRouteWithContext<{ readonly queryClient: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFound,
});

const login = createRoute({
  getParentRoute: () => root,
  path: '/masuk',
  validateSearch: (search): { ke?: string } =>
    typeof search.ke === 'string' && /^\/(?![/\\])/.test(search.ke) ? { ke: search.ke } : {},
  component: LoginPage,
});

interface Entering {
  readonly context: { readonly queryClient: QueryClient };
  readonly location: { readonly publicHref: string };
}

/** Who is not logged in is sent to the login, and back afterwards. */
async function logInFirst({ context, location }: Entering) {
  try {
    return await context.queryClient.ensureQueryData(meQuery);
  } catch (error) {
    if (problemOf(error)?.status !== 401) throw error;
    throw redirect({ to: '/masuk', search: { ke: location.publicHref } });
  }
}

const account = createRoute({
  getParentRoute: () => root,
  path: '/akun',
  beforeLoad: async (entering) => {
    await logInFirst(entering);
  },
  component: lazyRouteComponent(() => import('./routes/account.tsx'), 'AccountPage'),
});

/** Everything behind the login. */
const desk = createRoute({
  getParentRoute: () => root,
  id: 'desk',
  beforeLoad: async (entering) => {
    const { context } = entering;
    const { user } = await logInFirst(entering);
    // Nothing else is open to him.
    if (user.mustChangePassword) throw redirect({ to: '/akun' });
    await context.queryClient.ensureQueryData(namesQuery);
  },
  component: Frame,
});

const first = createRoute({
  getParentRoute: () => desk,
  path: '/',
  beforeLoad: async ({ context }) => {
    const { acts, user } = await context.queryClient.ensureQueryData(meQuery);
    const seen = pages.filter((one) => acts.includes(one.act));
    const page = seen.find((one) => one.name === firstPages[user.role]) ?? seen[0];
    if (page) throw redirect({ to: page.to, search: {} });
  },
  component: NotFound,
});

const inbox = createRoute({
  getParentRoute: () => desk,
  path: '/kotak-masuk',
  validateSearch: readInboxSearch,
  component: lazyRouteComponent(() => import('./routes/inbox.tsx'), 'InboxPage'),
});

const approval = createRoute({
  getParentRoute: () => desk,
  path: '/persetujuan',
  validateSearch: readApprovalSearch,
  component: lazyRouteComponent(() => import('./routes/approval.tsx'), 'ApprovalPage'),
});

const handover = createRoute({
  getParentRoute: () => desk,
  path: '/serah-terima',
  component: lazyRouteComponent(() => import('./routes/handover.tsx'), 'HandoverPage'),
});

const trends = createRoute({
  getParentRoute: () => desk,
  path: '/tren',
  validateSearch: readTrendsSearch,
  component: lazyRouteComponent(() => import('./routes/trends.tsx'), 'TrendsPage'),
});

const report = createRoute({
  getParentRoute: () => desk,
  path: '/laporan',
  validateSearch: readReportSearch,
  component: lazyRouteComponent(() => import('./routes/report.tsx'), 'ReportPage'),
});

const training = createRoute({
  getParentRoute: () => desk,
  path: '/latihan',
  component: lazyRouteComponent(() => import('./routes/training.tsx'), 'TrainingPage'),
});

const settings = createRoute({
  getParentRoute: () => desk,
  path: '/pengaturan',
  validateSearch: readSettingsSearch,
  component: lazyRouteComponent(() => import('./routes/settings.tsx'), 'SettingsPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    login,
    account,
    desk.addChildren([first, inbox, approval, handover, trends, report, training, settings]),
  ]),
  basepath: '/meja',
  context: { queryClient },
  defaultPendingComponent: Loading,
  defaultErrorComponent: ({ error, reset }) => <Failed error={error} onRetry={reset} />,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
