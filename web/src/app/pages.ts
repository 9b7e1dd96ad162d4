import IconChartBar from '@tabler/icons-react/dist/esm/icons/IconChartBar.mjs';
import IconChecks from '@tabler/icons-react/dist/esm/icons/IconChecks.mjs';
import IconInbox from '@tabler/icons-react/dist/esm/icons/IconInbox.mjs';
import IconReportAnalytics from '@tabler/icons-react/dist/esm/icons/IconReportAnalytics.mjs';
import IconSettings from '@tabler/icons-react/dist/esm/icons/IconSettings.mjs';
import IconTransfer from '@tabler/icons-react/dist/esm/icons/IconTransfer.mjs';
import { words } from '../shared/language.tsx';

/** The places of the left rail: who sees them, and the second key after `g`. Only what works. */
export const pages = [
  { to: '/kotak-masuk', name: 'inbox', act: 'case.view', key: 'i', icon: IconInbox },
  { to: '/persetujuan', name: 'approval', act: 'draft.view', key: 'p', icon: IconChecks },
  { to: '/serah-terima', name: 'handover', act: 'case.view', key: 'h', icon: IconTransfer },
  { to: '/tren', name: 'trends', act: 'trends.read', key: 't', icon: IconChartBar },
  { to: '/laporan', name: 'report', act: 'report.read', key: 'r', icon: IconReportAnalytics },
  { to: '/pengaturan', name: 'settings', act: 'channel.view', key: 's', icon: IconSettings },
] as const;

/** Where a role begins, when not on the first page that it sees: a leader comes for the report. */
export const firstPages: Readonly<Record<string, (typeof pages)[number]['name'] | undefined>> = {
  pimpinan: 'report',
};

export const pageWords = words(
  {
    inbox: 'Kotak Masuk',
    approval: 'Persetujuan',
    handover: 'Serah terima',
    trends: 'Tren',
    report: 'Laporan',
    settings: 'Pengaturan',
  },
  {
    inbox: 'Inbox',
    approval: 'Approval',
    handover: 'Handover',
    trends: 'Trends',
    report: 'Report',
    settings: 'Settings',
  },
);
