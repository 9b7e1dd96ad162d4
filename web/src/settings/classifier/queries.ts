import { api } from '../../shared/api.ts';

export const figuresQuery = {
  queryKey: ['classifier', 'figures'],
  queryFn: () => api.classifier.figures({}),
  refetchInterval: 30_000,
};
export const modelsQuery = { queryKey: ['classifier', 'models'], queryFn: () => api.classifier.models({}) };
export const trainingQuery = {
  queryKey: ['classifier', 'training'],
  queryFn: async () => (await api.classifier.training({})).run,
};

export type FiguresAnswer = Awaited<ReturnType<typeof api.classifier.figures>>;
export type Model = Awaited<ReturnType<typeof api.classifier.models>>[number];
export type Run = NonNullable<Awaited<ReturnType<typeof trainingQuery.queryFn>>>;
