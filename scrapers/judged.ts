import { judgeTitle } from '../transforms/printed/title.ts';

/** What a list's title is taken for; apart from what looks into pages, as whoever fetches asks it too. */

export const isReport = (title: string): boolean => judgeTitle(title).kind === 'report';
export const mayBeReport = (title: string): boolean => judgeTitle(title).kind !== 'other';
