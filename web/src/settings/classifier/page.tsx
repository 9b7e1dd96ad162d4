import { Stack } from '@mantine/core';
import { Figures } from './figures.tsx';
import { Models } from './models.tsx';
import { Training } from './training.tsx';

/** "Klasifikasi": how right the classifier is, its trainings and its models. */
export function Classifier() {
  return (
    <Stack gap="xl">
      <Figures />
      <Training />
      <Models />
    </Stack>
  );
}
