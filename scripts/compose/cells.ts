export type Edition = '2019' | '2021';
export type GridCode = 'proactive' | 'requests' | 'disputes';
export const gridCodes: GridCode[] = ['proactive', 'requests', 'disputes'];

/** `${grid}/${line}/${col}` → number (amounts in yuan); null when the cell is printed without a number. */
export type Cells = Map<string, number | null>;

export const key = (grid: string, line: string, col: string) => `${grid}/${line}/${col}`;
