/**
 * Places that do not exist. 示例 means "example"; the codes begin with 99, which GB/T 2260 assigns to nobody, so no
 * invented row can be taken for a real one.
 */
export interface InventedPlace {
  name: string;
  division_code: string;
}

export const prefecture: InventedPlace = { name: '示例市', division_code: '990100' };

export const districts: InventedPlace[] = [...'甲乙丙丁戊己庚辛'].map((stem, i) => ({
  name: `示例市${stem}区`,
  division_code: `9901${String(i + 1).padStart(2, '0')}`,
}));

export const towns: InventedPlace[] = [...'东南西北中前后左右'].map((side, i) => ({
  name: `示例市${side}镇`,
  division_code: `9901${51 + i}`,
}));

/** Departments that a prefecture or district has, without the name of the place. */
export const departments = ['教育局', '财政局', '民政局', '卫生健康局', '水务局', '交通运输局', '统计局', '医疗保障局'];

export const governmentOf = (place: InventedPlace) => `${place.name}人民政府`;
export const officeOf = (place: InventedPlace) => `${place.name}人民政府办公室`;
export const departmentOf = (place: InventedPlace, department: string) => `${place.name}${department}`;

/** Counties, after the earthly branches and two stems more. */
export const counties: InventedPlace[] = [...'子丑寅卯辰巳午未申酉戌亥壬癸'].map((branch, i) => ({
  name: `示例市${branch}县`,
  division_code: `9901${21 + i}`,
}));
